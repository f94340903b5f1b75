package dlv.runtime.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HostMemoryTest {
  @Test
  void isZeroAndKeepsWhatIsWritten() {
    long before = HostMemory.allocatedBytes();
    try (HostMemory memory = HostMemory.allocate(100)) {
      assertEquals(before + 100, HostMemory.allocatedBytes());
      assertEquals(0, memory.view(92, 8).getLong(0));
      memory.view(8, 16).putInt(4, 77);
      assertEquals(77, memory.view(12, 4).getInt(0));
    }
    assertEquals(before, HostMemory.allocatedBytes());
  }

  @Test
  void boundsAreChecked() {
    HostMemory memory = HostMemory.allocate(100);
    assertEquals(0, memory.view(100, 0).remaining());
    assertThrows(IndexOutOfBoundsException.class, () -> memory.view(93, 8));
    assertThrows(IndexOutOfBoundsException.class, () -> memory.view(-1, 8));
    assertThrows(IndexOutOfBoundsException.class, () -> memory.view(Long.MAX_VALUE, 8));
    assertThrows(IllegalArgumentException.class, () -> HostMemory.allocate(-1));
    memory.close();
    memory.close();
    assertThrows(IllegalStateException.class, () -> memory.view(0, 8));
  }

  @Test
  void reachesBeyondTwoGibibytes() {
    long bytes = (1L << 31) + 64;
    try (HostMemory memory = HostMemory.allocate(bytes)) {
      memory.view(bytes - 8, 8).putLong(0, 42);
      assertEquals(42, memory.view(1L << 31, 64).getLong(56));
      long[] seen = new long[1];
      memory.forEachPiece((offset, piece) -> seen[0] += piece.remaining());
      assertEquals(bytes, seen[0]);
    }
  }

  @Test
  void whatCannotBeGivenIsSaidWithTheAccount() {
    OutOfMemoryError e = assertThrows(OutOfMemoryError.class, () -> HostMemory.allocate(1L << 60));
    assertEquals(true, e.getMessage().contains("in use"), e.getMessage());
  }
}
