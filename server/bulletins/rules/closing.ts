/** Alerts in force that the caller has not confirmed to leave: an incident is closed only with all of them seen. */
export const unseenAlerts = (inForce: readonly string[], left: readonly string[]): string[] =>
  inForce.filter((id) => !left.includes(id))
