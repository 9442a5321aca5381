export const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000)
