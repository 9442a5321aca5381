/**
 * The answers to the golden log as of 16/03/2026 00:00, worked out manually kind by kind, never by the program. The
 * sums name the kinds they are made of.
 *
 * Received (in R): all but k05 (8 spam), k06 (6 merged), k15 and k16 (12 before the period): 215 - 26 = 189. Deadlines:
 * assigned at 09:00 on a full day leaves 420 minutes of it, 480 of the next, so 60 of the third: due at 09:00 two days
 * later.
 */
const received = 189
const parts = {
  handled_in_time: 40 + 15 + 9 + 7 + 3 + 2, // k01 k03 k10 k11 k17 k18
  handled_late: 20 + 12, // k02 (due 04/03 10:00), k09 (second promise due 04/03 11:00, kept 05/03 09:00)
  refused: 10, // k04
  open_in_time: 25 + 5 + 6, // k08, k12, k14 (paused)
  open_overdue: 30 + 5, // k07 (due 11/03 09:00), k13 (intake due 11/03 17:00)
}
const handled = 76 + 32
// k09 twice; k15 was received before; k18 once, because its withdrawn close does not count.
const closes = 40 + 20 + 15 + 10 + 24 + 9 + 7 + 8 + 3 + 2
const closedReports = closes - 12
const due = 40 + 20 + 15 + 30 + 24 + 9 + 7 + 8 + 4 + 3 + 2 // not k08, k12, k13 (later or none), nor k14 (paused)
const kept = 40 + 15 + 12 + 9 + 7 + 3 + 2 // k01 k03, the first promise of k09, k10 k11 k17 k18
const intakesDue = 40 + 20 + 15 + 10 + 30 + 25 + 12 + 9 + 7 + 5 + 6 + 3 + 2 // not k12 (due 16/03 15:00), k15, k16

/**
 * value, numerator, denominator. Minutes of percentiles: the 95th (half) and the 171st (nine tenths) of 189 in order.
 */
export const goldenKpis = {
  received: [received, received, null],
  handled: [handled / received, handled, received],
  clearance: [closes / received, closes, received],
  on_time: [kept / due, kept, due],
  // k17 was late by its first deadline, 04/03 09:00.
  on_time_first: [(kept - 3) / due, kept - 3, due],
  // k17 alone.
  extensions: [3, 3, null],
  // k07 and k16 are still open.
  on_time_closed: [kept / (due - 34), kept, due - 34],
  // k13 still waits.
  intake_on_time: [(intakesDue - 5) / intakesDue, intakesDue - 5, intakesDue],
  // Of k02 kept, of k09 broken, the first of k18 moved on its own day.
  commitments_kept: [20 / 34, 20, 34],
  // Reached the age of 3 working days on 02/03 (k15) to 13/03 (k13): not k08 and k12 of 13/03. Answered by then:
  // k01 k03 k04 (told of the refusal) k09 k10 k11 k14 (asked) k15 k17 k18; not k02 (04/03 17:00, answered 05/03), k07
  // k13 k16.
  answered_in_3_days: [112 / 171, 40 + 15 + 10 + 12 + 9 + 7 + 6 + 8 + 3 + 2, 171],
  // That of 5 from 04/03 (k15) to 13/03 (k07): not k13 k14 either. Closed at that moment: k01 k02 (06/03 17:00) k03
  // k04 (refused) k09 (closed again by then) k10 k11 k15 k17 k18; not k07 k16.
  closed_in_5_days: [126 / 160, 40 + 20 + 15 + 10 + 12 + 9 + 7 + 8 + 3 + 2, 160],
  // 120: k03 k14 (21) < 270: k04 (31) < 420: k09 k11 (50) < 540: k01 (90) < 600: k10 (99). Unanswered: k07 k08 k12 k13
  // (65).
  first_answer_median: [600, 124, received],
  first_answer_p90: [null, 124, received],
  // 270: k04 (10) < 420: k11 (17) < 540: k01 k03 (72) < 600: k10 (81) < 990: k18 < 1380: k17 (86) < 1500: k09 (98)
  close_median: [1500, 118, received],
  close_p90: [null, 118, received],
  // 480: k11 < 1170: k04 (17) < 1500: k01 (57) < 1560: k10 < 2910: k18 (68) < 2940: k03 (83) < 3360: k17 < 4380: k09
  // (98)
  close_calendar_median: [4380, 118, received],
  close_calendar_p90: [null, 118, received],
  // 60 for all assigned (149) but k02 (120); k04 k12 k13 never were.
  intake_median: [60, 169, received],
  intake_p90: [null, 169, received],
  backlog: [30 + 25 + 5 + 5 + 6 + 4, 75, null], // k07 k08 k12 k13 k14 k16
  // k16: 27/02 a whole day, then ten.
  oldest_open: [11 * 480, 75, null],
  reopened: [12 / closedReports, 12, closedReports],
  reopened_by_citizen: [12 / closedReports, 12, closedReports],
  reopened_by_staff: [0, 0, closedReports],
  // k01 and k15 satisfied, k09 acceptable at last, k02 dissatisfied.
  satisfaction: [60 / 80, 60, 80],
  rating_response: [80 / (closedReports - 10), 80, closedReports - 10],
  agency_changes_median: [0, 169, 169],
  changed_twice: [7 / 169, 7, 169],
  forwarded: [16 / 169, 16, 169],
  ping_pong: [7 / 169, 7, 169],
} as const

export const goldenParts = parts

/**
 * Matured after 480 and 960 minutes: received on 11/03 at 08:00 (k13), on 13/03 at 17:00. Not yet k08 and k12, of
 * 13/03, of which none is handled.
 */
export const goldenMatured = { handled, of: received - 30, notYet: 25 + 5 }
/** k02 for 11/03, fixed on 10/03; k09 for 04/03, fixed on 05/03; k18 for 06/03, moved then to 20/03. */
export const goldenCommitments = { kept: 20, moved: 2, broken: 12 } as const

/** Of those handled, what the latest answer says; k17 says nothing of it. */
export const goldenOutcomes = {
  fixed: 40 + 20 + 12, // k01, k02 since its follow-up of 10/03, k09 at last
  temporary: 15, // k03
  planned: 2, // k18
  nothing_found: 9, // k10
  not_ours: 7, // k11
  not_stated: 3, // k17
} as const

export const goldenCharts = {
  spamOrTest: 8,
  merged: 6,
  // Whole working days: k07 5, k08 1, k12 0, k13 3, k14 4, k16 11.
  byAge: { '0-1': 30, '2-3': 5, '4-5': 36, '6-10': 0, '11-20': 4, '21-': 0 },
  // k16 8.9 days late, k07 2.9 and k13 2; k12 due 16/03 15:00, k08 17/03 09:00.
  byDeadline: {
    overdue_5d: 4,
    overdue_1d: 35,
    overdue_0d: 0,
    today: 5,
    in_2d: 25,
    later: 0,
    paused: 6,
    none: 0,
  },
  coming: { '2026-03-16': 5, '2026-03-17': 25, '2026-03-18': 0, '2026-03-19': 0, '2026-03-20': 0 },
  agencies: {
    A: { received: 129, due: due - 19, kept: kept - 15, open: 36, first: 120, forwarded: 7 },
    B: { received: 40, due: 15 + 4, kept: 15, open: 29, first: 49, forwarded: 9 },
    none: { received: 20, due: 0, kept: 0, open: 10, first: 0, forwarded: 0 },
  },
  categories: { 'GL-01': 149, 'GL-02': 40 },
  channels: { app: 159, hotline: 20, web: 10 },
  // Monday 08, Monday 13, Tuesday 08 and 09, Wednesday 08, Thursday 08, Friday 08 and 16.
  hours: { 8: 107, 13: 10, 32: 6, 33: 15, 56: 5, 80: 16, 104: 25, 112: 5 },
  ratings: { satisfied: 48, acceptable: 12, dissatisfied: 20 },
  // A: k01 k02 k09 (twice) k10 k11 (twice) k15 k17 k18; B: k03 k10 k11.
  holdingPeriods: { A: 40 + 20 + 24 + 9 + 14 + 8 + 3 + 2, B: 15 + 9 + 7 },
  // Per day from Monday 02/03: received and closed; the backlog at the end of the day.
  receivedOn: {
    '2026-03-02': 87 + 0,
    '2026-03-03': 15,
    '2026-03-05': 16,
    '2026-03-09': 30,
    '2026-03-10': 6,
    '2026-03-11': 5,
    '2026-03-13': 30,
  },
  closedOn: {
    '2026-03-02': 12 + 8,
    '2026-03-03': 40 + 10,
    '2026-03-04': 3 + 2,
    '2026-03-05': 20 + 15 + 12 + 7,
    '2026-03-06': 9,
  },
  backlogOn: { '2026-03-02': 12 + 87 - 20, '2026-03-06': 4, '2026-03-15': 75 },
} as const

/** The period before: nothing was closed, twelve were received and open. */
export const goldenBefore = { received: 12, handled: 0, backlog: 12 }
