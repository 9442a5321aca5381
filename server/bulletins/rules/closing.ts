/** Alerts in force that nobody has said to leave so: an incident is closed in sight of all of them. */
export const unseenAlerts = (inForce: readonly string[], left: readonly string[]): string[] =>
  inForce.filter((id) => !left.includes(id))
