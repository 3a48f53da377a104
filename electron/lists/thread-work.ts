/** How long this thread has worked, in ms: neither its rests nor its neighbours count. */
export function threadWorkMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
