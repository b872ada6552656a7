/** Milliseconds of the processor that `job` takes, however busy the machine is with others. */
export function work(job: () => void): number {
  const before = process.cpuUsage();
  job();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
