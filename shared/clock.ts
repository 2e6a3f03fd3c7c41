/** The one clock: the present moment as ISO 8601 in UTC. Pure functions get moments passed in. */
export const now = (): string => new Date().toISOString();

export const addDays = (at: string, days: number): string => {
  const moment = new Date(at);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString();
};

export const addMonths = (at: string, months: number): string => {
  const moment = new Date(at);
  moment.setUTCMonth(moment.getUTCMonth() + months);
  return moment.toISOString();
};

export const addSeconds = (at: string, seconds: number): string =>
  new Date(Date.parse(at) + seconds * 1000).toISOString();
