# Finds libraries. Sourced by gpu-kit; uses fail.

# Where libraries are, beside what the dynamic linker knows: containers mount drivers in folders of their own.
library_folders() {
  echo "${LD_LIBRARY_PATH:-}" | tr ':' '\n'
  PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | sed -n 's/.*(.*x86-64.*) => \(.*\)\/[^/]*$/\1/p' | sort -u
  for folder in /usr/lib/x86_64-linux-gnu /lib/x86_64-linux-gnu /usr/lib64 /lib64 /usr/local/nvidia/lib64 \
    /usr/local/nvidia/lib /usr/lib/x86_64-linux-gnu/nvidia/current /usr/lib/nvidia /usr/lib64/nvidia \
    /usr/lib/wsl/lib /run/opengl-driver/lib /usr/local/cuda/compat /usr/lib /usr/local/lib; do
    echo "$folder"
  done
}

# Prints the first folder that has the library.
folder_of() {
  library_folders | while read -r folder; do
    if [ -n "$folder" ] && [ -e "$folder/$1" ]; then
      echo "$folder"
      break
    fi
  done
}

library_exists() {
  [ -n "$(folder_of "$1")" ]
}

# Sets nvidia to the folder of the driver's OpenCL library, or says what is missing.
find_nvidia() {
  nvidia=$(folder_of libnvidia-opencl.so.1)
  if [ -z "$nvidia" ]; then
    if [ -z "$(folder_of libcuda.so.1)" ]; then
      fail 5 "no NVIDIA driver was found: neither libcuda.so.1 nor libnvidia-opencl.so.1 is here" \
        "install the driver; in a container, start it with the GPU (docker run --gpus all …)" \
        "without a GPU the kit can be tried on any OpenCL device: ./gpu-kit --device cpu"
    fi
    fail 5 "libnvidia-opencl.so.1, the OpenCL part of the NVIDIA driver, is missing (libcuda.so.1 is in $(folder_of libcuda.so.1))" \
      "Debian: apt install nvidia-opencl-icd; Ubuntu: apt install libnvidia-compute-VERSION" \
      "in a container, allow it: NVIDIA_DRIVER_CAPABILITIES=compute,utility"
  fi
  for library in libcuda.so.1 libnvidia-ptxjitcompiler.so.1; do
    library_exists "$library" || fail 5 "$library, which $nvidia/libnvidia-opencl.so.1 needs, is missing" \
      "the driver is not complete; install it anew"
  done
  library_exists libnvidia-nvvm.so.4 || library_exists libnvidia-nvvm70.so.4 || library_exists libnvidia-compiler.so.1 ||
    say "warning: libnvidia-nvvm.so.4, with which recent drivers compile kernels, was not found"
  ls /dev/nvidia[0-9]* /dev/dxg >/dev/null 2>&1 || fail 5 "the driver's libraries are in $nvidia, but there is no GPU (/dev/nvidia0)" \
    "in a container, start it with the GPU (docker run --gpus all …)"
}
