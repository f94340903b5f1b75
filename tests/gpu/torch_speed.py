"""The programs of speed.dlv in PyTorch, measured as the kit measures its own: python3 torch_speed.py OUT.json

Three ways of running each: eager, compiled (torch.compile), and replayed as a CUDA graph. On a GPU everything is done
twice, with TF32 forbidden and with TF32 allowed, because PyTorch allows it for convolutions unless told otherwise.
"""

import json
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

TURN = 0.15
ROUNDS = 9
FEW_ROUNDS = 3
SLOW = 1.0
MUCH = 5e9
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
ON_GPU = DEVICE.type == "cuda"


def finish():
    if ON_GPU:
        torch.cuda.synchronize()


def timed(work, count):
    start = time.perf_counter()
    for _ in range(count):
        work()
    finish()
    return time.perf_counter() - start


def measure(work):
    """Median and best seconds for one time; many are given before waiting."""
    count = 1
    timed(work, 1)
    seconds = timed(work, 1)
    while seconds < TURN:
        count = int(max(count + 1, min(count * 10, count * TURN / seconds * 1.2)))
        seconds = timed(work, count)
    turns = [timed(work, count) / count for _ in range(FEW_ROUNDS if seconds > SLOW else ROUNDS)]
    return statistics.median(turns), min(turns)


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10))


def perceptron():
    return nn.Sequential(
        nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 10))


def sgd(net):
    return torch.optim.SGD(net.parameters(), lr=1e-2, fused=ON_GPU)


def adam(net):
    # With capturable the step counter stays on the device, which a graph needs.
    return torch.optim.Adam(net.parameters(), lr=1e-3, fused=ON_GPU, capturable=ON_GPU)


def training_step(make_net, make_optimizer, compiled):
    """A step on a batch that lies on the device."""
    torch.manual_seed(1)
    net = make_net().to(DEVICE)
    optimizer = make_optimizer(net)
    images = torch.rand(128, 1, 28, 28, device=DEVICE)
    labels = torch.randint(0, 10, (128,), device=DEVICE)

    def loss_of(images, labels):
        return F.cross_entropy(net(images), labels)

    forward = torch.compile(loss_of) if compiled else loss_of

    def step():
        optimizer.zero_grad(set_to_none=True)
        forward(images, labels).backward()
        optimizer.step()

    return step


def inference(make, shape, compiled):
    torch.manual_seed(1)
    net = make().to(DEVICE).eval()
    images = torch.rand(*shape, device=DEVICE)
    forward = torch.compile(net) if compiled else net

    def run():
        with torch.no_grad():
            forward(images)

    return run


def function(work, shapes, compiled):
    torch.manual_seed(1)
    operands = [torch.rand(*shape, device=DEVICE) * 2 - 1 for shape in shapes]
    forward = torch.compile(work) if compiled else work

    def run():
        with torch.no_grad():
            forward(*operands)

    return run


def captured(work):
    """The same work as one CUDA graph."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(5):
            work()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        work()
    return graph.replay


def chain(x, y):
    return torch.relu(x * y + 1.5) * 0.5 + x


def convolution(x, kernel):
    return F.conv2d(x, kernel, padding=1)


def programs():
    """Name, operations, and what makes the work; names are those of the kit's own measurements."""
    yield "LeNet-5 step, SGD, batch 128", 0, lambda c: training_step(lenet, sgd, c)
    yield "LeNet-5 step, Adam, batch 128", 0, lambda c: training_step(lenet, adam, c)
    yield "perceptron step, Adam, batch 128", 0, lambda c: training_step(perceptron, adam, c)
    yield "LeNet-5 inference, batch 128", 0, lambda c: inference(lenet, (128, 1, 28, 28), c)
    yield "LeNet-5 inference, batch 1", 0, lambda c: inference(lenet, (1, 1, 28, 28), c)
    for n in (512, 1024, 2048, 4096):
        yield f"product {n}", 2.0 * n ** 3, lambda c, n=n: function(torch.matmul, [(n, n), (n, n)], c)
    for k in (32, 64):
        yield (f"convolution 3x3, {k} channels, 16x16, batch 128", 2.0 * 128 * 256 * 9 * k * k,
               lambda c, k=k: function(convolution, [(128, k, 16, 16), (k, k, 3, 3)], c))
    yield ("elementwise chain, 16M numbers", 5.0 * 16384 * 1024,
           lambda c: function(chain, [(16384, 1024), (16384, 1024)], c))


def row(name, operations, contender, tf32, make):
    result = {"name": name, "contender": contender, "tf32": tf32, "median": 0.0, "best": 0.0,
              "operations": operations, "deviceBytes": 0, "failure": ""}
    try:
        if ON_GPU:
            torch.cuda.empty_cache()
            torch.cuda.reset_peak_memory_stats()
        result["median"], result["best"] = measure(make())
        if ON_GPU:
            result["deviceBytes"] = torch.cuda.max_memory_allocated()
    except Exception as e:  # whatever goes wrong in one way of running leaves the others
        result["failure"] = (type(e).__name__ + ": " + str(e)).splitlines()[0][:300]
    print(f"{result['median'] * 1e6:12.2f} us  {name}: {contender}{', TF32' if tf32 else ''} {result['failure']}",
          flush=True)
    return result


def main():
    rows = []
    for tf32 in ((False, True) if ON_GPU else (False,)):
        torch.backends.cuda.matmul.allow_tf32 = tf32
        torch.backends.cudnn.allow_tf32 = tf32
        torch.backends.cudnn.benchmark = True
        for name, operations, make in programs():
            if operations > MUCH and not ON_GPU:
                continue
            rows.append(row(name, operations, "eager", tf32, lambda: make(False)))
            rows.append(row(name, operations, "compiled", tf32, lambda: make(True)))
            torch.compiler.reset()
            if ON_GPU:
                rows.append(row(name, operations, "CUDA graph", tf32, lambda: captured(make(False))))
    about = f"PyTorch {torch.__version__} on " + (torch.cuda.get_device_name() if ON_GPU else "the CPU, "
                                                  f"{torch.get_num_threads()} threads")
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        json.dump({"about": about, "rows": rows}, out)


if __name__ == "__main__":
    main()
