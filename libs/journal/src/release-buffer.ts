const SMALL_BYTES = 16 * 1024;

/**
 * Gives a buffer's memory back at once, where the collector would take it when tens of megabytes have gathered: it
 * sees the object, which is small. Nobody may use the buffer, or another view of the same memory, after this, and no
 * write of it may be under way. Small buffers and those from Node's shared pool stay as they are.
 */
export function releaseBuffer(buffer: Buffer): void {
  const memory = buffer.buffer;
  // A slice of the pool is at most half of it.
  const isPooled = memory.byteLength === Buffer.poolSize && buffer.length <= Buffer.poolSize / 2;
  if (isPooled || memory.byteLength < SMALL_BYTES || !(memory instanceof ArrayBuffer)) return;
  memory.transfer(0);
}
