/** How many navigations Next has started. */
let departures = 0

export const departuresNow = (): number => departures

/** Next calls it through `instrumentation-client.ts`. */
export function noteDeparture(): void {
  departures += 1
}
