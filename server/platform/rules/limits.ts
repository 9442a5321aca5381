const minute = 60
const hour = 60 * minute

/** Sign-in attempts, counted before the password is checked. `docs/limits.md` is printed from these figures. */
export const signInLimits = {
  /** Failed attempts of one username. */
  account: { tries: 5, windowSeconds: 15 * minute },
  /** Failed attempts from one address (IPv6: one /64). */
  address: { tries: 20, windowSeconds: 15 * minute },
  /** Failed attempts from one network: /24, IPv6 /56. */
  network: { tries: 100, windowSeconds: 15 * minute },
  /** Failed attempts from one address of the city's own networks: hundreds of staff in a building sign in behind it. */
  office: { tries: 300, windowSeconds: 15 * minute },
  /** Failed attempts of a known device for its account, counted separately from those of unknown devices. */
  device: { tries: 5, windowSeconds: 15 * minute },
  /** Wrong passwords of one account where the password is asked again within a sign-in. */
  confirmation: { tries: 5, windowSeconds: 15 * minute },
  /**
   * Each time a username or a known device runs out of attempts it waits twice as long, until a sign-in succeeds or
   * `rememberedSeconds` have passed.
   */
  delay: { firstSeconds: 15 * minute, longestSeconds: 4 * hour, rememberedSeconds: 24 * hour },
} as const

/** A known device: a browser in which an account has signed in completely with its current password. */
export const deviceLimits = {
  /** Since the last sign-in. */
  rememberedSeconds: 180 * 24 * hour,
  /** The maximum number of accounts of one browser; the latest are kept. */
  accounts: 8,
} as const

export const sessionLimits = {
  /** A sign-in ends this long after it began, regardless of activity. */
  absoluteSeconds: 12 * hour,
  /** A sign-in ends when no one has touched keyboard, mouse or screen for this long. */
  idleSeconds: 30 * minute,
  /** The last use is recorded at most this often. */
  touchSeconds: 30,
  /** How long a process may use a cached sign-in. */
  cacheMilliseconds: 500,
} as const

/** Users confirm their identity again before they change or export much at once. `docs/limits.md` says this too. */
export const stepUpLimits = {
  /** More reports than this in one change or one file. */
  rows: 500,
  /** How long a confirmation is valid, by sign-in or by repeated password. */
  seconds: 10 * minute,
} as const

/**
 * Personal data of reporters: viewing it, searching by it and exporting it use one hourly budget of persons per
 * account, over all screens and files. `docs/limits.md` says this too.
 */
export const disclosureLimits = {
  /** Length of the reason for a disclosure, in characters. */
  reason: { shortest: 10, longest: 300 },
  persons: {
    windowSeconds: hour,
    /** Beyond it users confirm their identity again. No one speaks with more callers than this in an hour. */
    budget: 50,
    /** Beyond it nothing more is shown within the hour, and the log gets an alarm. */
    ceiling: 5000,
  },
  /** Maximum number of reports shown for one phone number, the newest first. */
  mostFound: 50,
  /** Maximum number of rows in the auditor's file: one for each person of each disclosure. */
  mostInFile: 50_000,
} as const

/**
 * Notices of an incident within this time count together against `secondPersonAbove`, the limit above which a second
 * person must approve.
 */
export const noticeLimits = { togetherSeconds: 24 * hour } as const

/**
 * Exported files: each holds memory, or a connection and a snapshot of the database, for as long as its client reads.
 */
export const exportLimits = {
  /** Exports in progress at once. */
  perAccount: 2,
  perProcess: 6,
  /** A client that reads nothing of the waiting data for this long is considered gone. */
  stallSeconds: 15,
  /** Time limit for a statement: until the first rows are found, or the next ones. */
  statementSeconds: 5 * minute,
  /** Time limit for the whole export, regardless of how slowly it is read. */
  longestSeconds: 30 * minute,
  /** Size of the request: the address of a list, and up to 5,000 chosen reports. */
  bodyBytes: 100_000,
} as const

/** The second factor after the password. `docs/limits.md` says this too. */
export const secondFactorLimits = {
  /**
   * Wrong codes of one account at sign-in, and of one sign-in where the code is asked again; then the wait grows as for
   * passwords.
   */
  codes: { tries: 5, windowSeconds: 15 * minute },
  /** A code is valid for one step, and is accepted one step early and one step late. */
  stepSeconds: 30,
  stepsAround: 1,
  recoveryCodes: 10,
  /** A new authenticator app must have produced its first code within this time. */
  enrolmentSeconds: 15 * minute,
  /** A challenge for an authenticator is valid for this long, and once. */
  challengeSeconds: 5 * minute,
  passkeys: 10,
  /** Minimum length of an administrator's reason for a reset, in characters. */
  shortestReason: 10,
} as const

/** Limits of one request, checked before its content is processed. */
export const requestLimits = {
  /** Body of a request without a sign-in, and of a sign-in request. */
  anonymousBodyBytes: 4096,
  /** Body sent to a procedure. */
  bodyBytes: 1_000_000,
  /** Queries in one batched request; a mutation is sent alone. */
  calls: 10,
  /** Nesting depth of an input, and the number of its values, each counted as often as it occurs. */
  depth: 100,
  values: 100_000,
  /** Requests without a sign-in, from one address (IPv6: one /64). A whole office may sign in behind one. */
  anonymous: { requests: 1200, windowSeconds: minute },
} as const

/**
 * Boards and other expensive queries: how many of one account run at once, and how many more wait. The answers of one
 * request are serialised together at its end, so that only a few fit into one request.
 */
export const heavyLimits = { atOnce: 1, waiting: 20, perRequest: 3 } as const

/**
 * By pool: how long one statement may take, how long a transaction may be idle, how long connecting to the server may
 * take, and how long a caller waits for a free connection. Scripts have no limits.
 */
export const databaseLimits = {
  pages: { statementSeconds: 15, idleSeconds: 60, connectSeconds: 5, waitSeconds: 10 },
  jobs: { statementSeconds: 15 * minute, idleSeconds: 5 * minute, connectSeconds: 15, waitSeconds: 15 * minute },
} as const

/** Time limits for other servers and programs. */
export const outsideLimits = {
  /** The mail server: until it is connected and has greeted, and then between two responses. */
  mail: { connectSeconds: 10, silenceSeconds: 20 },
  /** The file store: until it begins its answer, and then between two pieces of it. */
  files: { answerSeconds: 30, silenceSeconds: 30 },
  /** The single sign-on: each request. */
  signOn: { answerSeconds: 5 },
  /** The virus scanner, for one file. */
  scan: { seconds: minute },
} as const

/** Background jobs: when they count as unhealthy. */
export const jobLimits = {
  /**
   * A recurring job is late when its longest interval and a grace time have passed: this share of the interval, within
   * these bounds.
   */
  grace: { share: 0.25, leastSeconds: 5 * minute, mostSeconds: hour },
  /** A job is ready and no worker has taken it for this long. */
  lagSeconds: 10 * minute,
  /** A job has been running for this long: its statements end long before. */
  runningSeconds: hour,
  /** Items not sent by then are searched for, queued again and logged. */
  leftBehindSeconds: {
    bulletin: minute,
    passedOn: minute,
    released: minute,
    notice: 3 * minute,
    letter: 35 * minute,
    mailing: 5 * minute,
  },
} as const

/** Reports to the leadership that were sent by mail; they are kept without end. `docs/limits.md` says this too. */
export const issuedLimits = {
  /** Figures, text and printable page of one together. */
  bytes: 2_000_000,
} as const

/** What may be corrected in an approved bulletin without another review, compared with the approved text. */
export const typoLimits = {
  /** Changed words in total, both languages together. */
  words: 6,
  /** Changed letters of one word: of a short one, and of one with at least `longFrom` letters. */
  letters: { short: 1, long: 2, longFrom: 5 },
} as const

/**
 * Points of a polygon in an alert. Phones and cell broadcast accept about a hundred, and an alert may name many
 * communes.
 */
export const alertLimits = {
  cityPoints: 100,
  communePoints: 60,
} as const

/** The public feeds. `docs/limits.md` says this too. */
export const feedLimits = {
  /** Bulletins in one archive: once it has this many, it never changes again. */
  archive: 50,
  /** Minimum number of changes in a feed. */
  latest: 100,
  /** Maximum number of bulletins in it, including those in no archive yet and those in force that were corrected. */
  most: 300,
  alerts: 100,
  /** Max-age for caches. */
  maxAgeSeconds: minute,
  /** Size of the documents that a process caches. */
  keptBytes: 16_000_000,
} as const

/** The public pages. */
export const readingLimits = {
  /** Bulletins on a page of the list. */
  pageSize: 30,
  /** How much of the search text is used. */
  searchCharacters: 100,
  searchWords: 8,
  /** After this many days the page of a warning without an end shows its age. */
  staleDays: 7,
  /** Cache of rendered pages, so that many concurrent readers cause one query. */
  keptBytes: 16_000_000,
  keptSeconds: minute,
  /** Script of a page, including what it loads. */
  scriptBytes: 20_000,
} as const

/** Thresholds of the health check. */
export const healthLimits = {
  /** Longest wait for an answer of the database. */
  longestWaitSeconds: 3,
  /** A bulletin overdue for this long raises an alarm. */
  bulletinSeconds: minute,
} as const

/** How a process shuts down after a signal. */
export const leavingLimits = {
  /**
   * Between its report that it takes no new work and the closing of its port, so that the load balancer notices in the
   * meantime.
   */
  noticeSeconds: 5,
  /** Work in progress then has this long to finish. */
  goodbyeSeconds: 10,
} as const

/** Uploaded pictures. The maximum size of one is in `photo.ts`. */
export const uploadLimits = {
  /** Uploads that a process handles at once, in total and of one account; each is held in memory. */
  underWay: 16,
  underWayPerAccount: 6,
  /** An upload is aborted when nothing arrives for `stallSeconds`, or when it takes `longestSeconds` in total. */
  stallSeconds: 15,
  longestSeconds: 3 * minute,
  /** One is decoded at a time; up to `waiting` others wait, none for longer than `longestWaitMillis`. */
  waiting: 16,
  longestWaitMillis: 30_000,
  /** Uploads of one account that are attached to nothing, within the time after which they are deleted. */
  unattached: { files: 100, bytes: 300 * 1024 * 1024 },
  orphanHours: 24,
} as const

/**
 * Share images of bulletins for messengers and phones, drawn in a separate queue, so that requests for them do not
 * block uploads of staff.
 */
export const shareImageLimits = {
  /** One is drawn at a time; up to `waiting` others wait, none for longer than `longestWaitMillis`. */
  waiting: 8,
  longestWaitMillis: 5_000,
  /**
   * Cache of drawn images in the memory of a process; each is some 50 kB. All 1,260 of a storm of 315 bulletins would
   * take 63 MB of a small server: the most recently requested are kept, and caches in front of the server hold the
   * others.
   */
  keptBytes: 24 * 1024 * 1024,
  /** Max-age for caches; less if the validity ends sooner. */
  maxAgeSeconds: 60,
} as const

/** Images of bulletins, resized when a width is first requested, in a separate queue. */
export const sizedImageLimits = { waiting: 24, longestWaitMillis: 10_000 } as const

/** The text that a ward reads out over its loudspeakers. */
export const loudspeakerLimits = {
  characters: 4000,
  /** The speed of announcers: slow, for streets and yards. A syllable is a word of Vietnamese spelling. */
  syllablesPerMinute: 150,
  /** No one listens for longer: the editor gets a warning. */
  longestSeconds: 3 * minute,
  /** Maximum number of syllables taken from the body of a bulletin (what to do) into the generated text. */
  syllablesOfBody: 160,
  /** Places that are read out by name; the rest is given as a number. */
  namedPlaces: 12,
} as const

/** Days after which data that is needed only for a while is deleted; the event log stays. */
export const keptDays = {
  /** A bulk action with the outcome of each report, counted from its end. */
  bulkRuns: 90,
  notifications: 180,
  /** Deliveries of webhooks with their attempts, in whatever state. */
  webhookDeliveries: 60,
  /** Messages to reporters with their attempts, unless work remains; the timeline keeps their proof. */
  deliveries: 365,
} as const

export const passwordLimits = {
  shortest: 12,
  longest: 128,
  /** The minimum number of guesses for an attacker who knows its owner and the usual passwords. */
  guesses: 1e10,
  /** Only this many leading characters are evaluated. */
  judged: 40,
  /** A one-time link to set a password works for this long. */
  linkSeconds: 48 * hour,
} as const

/** How long a username waits when it has run out of attempts for the n-th time. */
export function delayAfter(strikes: number): number {
  const { firstSeconds, longestSeconds } = signInLimits.delay
  return Math.min(firstSeconds * 2 ** Math.max(0, strikes - 1), longestSeconds)
}

/** Undo. `docs/limits.md` says this too. */
export const undoLimits = {
  /** What the server adds to the time that a screen shows: a click in its last second is on its way for a while. */
  graceSeconds: 3,
} as const

/** Programs of other systems, by the API. `docs/limits.md` says this too. */
export const apiLimits = {
  /** Requests per minute and reports per local day: set for each client, within these limits. */
  client: {
    requestsPerMinute: { least: 1, most: 6000, usual: 300 },
    reportsPerDay: { least: 1, most: 100_000, usual: 5000 },
    /** The share of a minute's requests that a process takes at once and counts in memory. */
    sharesOfMinute: 20,
  },
  key: {
    shortestDays: 1,
    longestDays: 730,
    usualDays: 365,
    /** How long replaced keys may stay valid. */
    longestOverlapHours: 168,
    usualOverlapHours: 72,
    /** The last use is recorded at most this often. */
    touchSeconds: minute,
  },
  /** Requests without a valid key from one address (IPv6: one /64). */
  anonymous: { requests: 300, windowSeconds: minute },
  /** A form without a photo, and a form with one apart from the photo: Vietnamese letters take nine bytes each. */
  formBytes: 256_000,
  /**
   * Forms with photos that a process handles at once: of one client, of all, and of those whose key is only in their
   * form, until it is read; and the photos of one report or update, which together may be as large as one.
   */
  photos: { perClient: 6, inAll: 12, withoutKey: 2, withoutKeyInAll: 4, perReport: 4 },
  /** Requests of one list, and the days that it covers, as the standard says. */
  list: { days: 90, requests: 1000, ids: 200, deepest: 20_000 },
  /** More recent changes are found by the time of the event log, older ones by the last event of each report. */
  changesByLogDays: 14,
  /** The period of a list of updates without a time filter. */
  updatesDays: 7,
  /** The same without a key, and how many such lists a process reads at once: the database is there for staff. */
  listWithoutKey: { requests: 100, deepest: 2000, atOnce: 4 },
  /** Pages of incidents that a process computes at once. */
  incidentsAtOnce: 4,
  /** Entries of one page of the REST interface. */
  restPage: { usual: 50, most: 200 },
  /** A JSON body of the REST interface. */
  jsonBytes: 256_000,
} as const

/** Messages to reporters. `docs/limits.md` says this too. */
export const deliveryLimits = {
  /** Attempts of one message by one gateway, and the wait after the first; each is twice as long as the one before. */
  retries: { attempts: 12, firstSeconds: minute, longestSeconds: 4 * hour },
  /** The longest wait that a gateway may ask for by `Retry-After`. */
  askedSeconds: hour,
  /** A message that could not be sent for this long is not sent by itself any more. */
  staleDays: 3,
  /** Messages per minute to one gateway: set for each gateway, within these limits. */
  perMinute: { least: 1, most: 6000, usual: 60 },
  /** Messages that a process claims at once, that it sends at the same time, and the duration of the claim. */
  batch: { most: 20, atOnce: 4, claimSeconds: 5 * minute },
  /** The latest messages of the log that are counted by state. */
  counted: 10_000,
} as const

/** Reports of providers on messages. `docs/limits.md` says this too. */
export const receiptLimits = {
  bodyBytes: 64_000,
  /** Of one gateway, and of one address without a valid token. */
  gateway: { requests: 6000, windowSeconds: minute },
  unknown: { requests: 60, windowSeconds: minute },
} as const

/** What an account does later. */
export const laterLimits = {
  /** How far ahead a report may be put off, in days. */
  putOffDays: 31,
  /** How many reports an account may have put off. */
  putOffs: 300,
  /** How long a report that was put off stays marked after its return, in days. */
  putOffKeptDays: 31,
  /** How far ahead an answer may say that something is planned, in days. */
  plannedDays: 1830,
  /** How far ahead an answer may be scheduled, in days. */
  answerDays: 31,
} as const

/** Calls to addresses that users have entered: webhooks, gateways. `docs/limits.md` says this too. */
export const outboundLimits = {
  /** For one call, and for silence within it. */
  totalSeconds: 15,
  silenceSeconds: 10,
  /** The part of an answer that is read. */
  answerBytes: 16_000,
  /** The waits before each further try, longer or shorter by this share. */
  backoff: {
    seconds: [10, minute, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour],
    jitter: 0.2,
  },
} as const

/** The citizen's page of a report, opened by a link. `docs/limits.md` says this too. */
export const citizenLinkLimits = {
  /** Validity of a link, in days. */
  days: 180,
  /** Lifetime of the cookie in a browser that opened a link, in days. */
  cookieDays: 7,
  /** Requests of one link, and of one address (IPv6: one /64), which many phones may share. */
  link: { requests: 120, windowSeconds: minute },
  address: { requests: 3000, windowSeconds: minute },
  /** Requests of one address without a valid link. */
  unknown: { requests: 60, windowSeconds: minute },
  /** Forms sent by one link. */
  said: { tries: 20, windowSeconds: hour },
  /**
   * Photos per form, and forms with photos that a process handles at once: per link, which may send a form twice, and
   * in total.
   */
  photos: { perForm: 3, perLink: 2, inAll: 4 },
  /** A form without its photos: form encoding needs nine bytes for many Vietnamese letters. */
  formBytes: 128_000,
} as const

/** Webhooks. `docs/limits.md` says this too. */
export const webhookLimits = {
  /** Calls at once. */
  atOnce: { perWebhook: 4, inAll: 64 },
  /** After this time a job starts no new calls; the next job continues. */
  runSeconds: 50,
  /** The interval at which a job looks for due deliveries while it waits for slow receivers. */
  lookAgainMillis: 500,
  /** After this time deliveries claimed by a dead worker are sent again. */
  claimSeconds: 2 * minute,
  /** The desk stops a webhook whose tries have failed for this long. */
  disableAfterDays: 5,
  /**
   * A gap without failures that restarts the count of days, because nothing was tried. Longer than the longest wait.
   */
  failureGapHours: 36,
  /** The part of an answer that is stored. */
  answerCharacters: 2000,
  secret: { longestOverlapHours: 168, usualOverlapHours: 72 },
} as const

/** Places that are found by an address. `docs/limits.md` says this too. */
export const placeLimits = {
  /** Length of an address that is looked up. */
  characters: 300,
  /** Places that are offered. */
  found: 8,
  /** Lookups of one account that run at once, and that wait, in a process. */
  lookups: { atOnce: 2, waiting: 20 },
  /** A file of places: rows, points of one street, and bytes of one street or line. */
  file: { rows: 500_000, points: 5000, rowBytes: 2_000_000 },
  /** Bad rows that are named. */
  badRows: 20,
} as const
