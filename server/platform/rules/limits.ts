const minute = 60
const hour = 60 * minute

/** Attempts to sign in, counted before a password is looked at. `docs/limits.md` is printed from these figures. */
export const signInLimits = {
  /** Failed tries of one username. */
  account: { tries: 5, windowSeconds: 15 * minute },
  /** Failed tries from one address (IPv6: one /64). */
  address: { tries: 20, windowSeconds: 15 * minute },
  /** Failed tries from one network: /24, IPv6 /56. */
  network: { tries: 100, windowSeconds: 15 * minute },
  /** Failed tries from one address of the city's own networks: a building of hundreds begins its day behind it. */
  office: { tries: 300, windowSeconds: 15 * minute },
  /** Failed tries of a known device for its account: strangers do not use them up, nor does it use up theirs. */
  device: { tries: 5, windowSeconds: 15 * minute },
  /** Wrong passwords where it is asked again within a sign-in, of one account. */
  confirmation: { tries: 5, windowSeconds: 15 * minute },
  /**
   * Each time a username or a known device runs out of tries it waits twice as long, until a sign-in succeeds or this
   * time has passed.
   */
  delay: { firstSeconds: 15 * minute, longestSeconds: 4 * hour, rememberedSeconds: 24 * hour },
} as const

/** A browser in which an account has signed in in full, with its password of today, is known to it. */
export const deviceLimits = {
  /** Since the last sign-in. */
  rememberedSeconds: 180 * 24 * hour,
  /** So many accounts of one browser, the latest. */
  accounts: 8,
} as const

export const sessionLimits = {
  /** A sign-in ends this long after it began, whatever is done with it. */
  absoluteSeconds: 12 * hour,
  /** A sign-in ends when no one has touched keyboard, mouse or screen for this long. */
  idleSeconds: 30 * minute,
  /** The last use is written down at most this often. */
  touchSeconds: 30,
  /** For this long a process may answer from what it last read of a sign-in. */
  cacheMilliseconds: 500,
} as const

/** Before much is changed or taken away at once, the person shows again who he is. `docs/limits.md` says this too. */
export const stepUpLimits = {
  /** More reports than this in one change or one file. */
  rows: 500,
  /** Shown so long ago at most: by signing in, or by the password asked again. */
  seconds: 10 * minute,
} as const

/**
 * Personal data of reporters: seeing it, searching by it and taking it away draw on one hourly budget of persons per
 * account, over all screens and files. `docs/limits.md` says this too.
 */
export const disclosureLimits = {
  /** Why somebody looks, in characters. */
  reason: { shortest: 10, longest: 300 },
  persons: {
    windowSeconds: hour,
    /** Beyond it the person shows again who he is. Nobody speaks with more callers than this in an hour. */
    budget: 50,
    /** Beyond it nothing more is shown within the hour, and the log has an alarm. */
    ceiling: 5000,
  },
  /** Of the reports of one number so many, the newest first. */
  mostFound: 50,
  /** Rows of the auditor's file: one for each person of each look. */
  mostInFile: 50_000,
} as const

/**
 * Notices of an incident within this time are one to the limit above which a second person looks first,
 * `secondPersonAbove`.
 */
export const noticeLimits = { togetherSeconds: 24 * hour } as const

/**
 * Files that are taken away: each keeps memory, or a connection and a view of the database, for as long as its reader
 * takes.
 */
export const exportLimits = {
  /** Under way at once. */
  perAccount: 2,
  perProcess: 6,
  /** A reader who takes nothing of what waits for him for so long has gone. */
  stallSeconds: 15,
  /** Until its rows are found, or the next of them. */
  statementSeconds: 5 * minute,
  /** However slowly it is read. */
  longestSeconds: 30 * minute,
  /** What asks for one: the address of a list, and up to 5,000 chosen reports. */
  bodyBytes: 100_000,
} as const

/** The second factor after the password. `docs/limits.md` says this too. */
export const secondFactorLimits = {
  /**
   * Wrong codes of one account at the door, and of one sign-in where it is asked again; then the wait grows as for
   * passwords.
   */
  codes: { tries: 5, windowSeconds: 15 * minute },
  /** A code lasts so long, and is taken one step early and late. */
  stepSeconds: 30,
  stepsAround: 1,
  recoveryCodes: 10,
  /** A new application must have shown its first code within this time. */
  enrolmentSeconds: 15 * minute,
  /** What an authenticator is asked to sign is good for so long, and once. */
  challengeSeconds: 5 * minute,
  passkeys: 10,
  /** Characters in the reason for which an administrator resets it. */
  shortestReason: 10,
} as const

/** What one request may ask for, before anything of it is looked at. */
export const requestLimits = {
  /** A body without a sign-in, and one for signing in. */
  anonymousBodyBytes: 4096,
  /** What a procedure is sent. */
  bodyBytes: 1_000_000,
  /** What is asked for together in one request; a change travels alone. */
  calls: 10,
  /** How deep an input is nested, and how many values it holds, each counted as often as it stands there. */
  depth: 100,
  values: 100_000,
  /** Without a sign-in, from one address (IPv6: one /64). A whole office begins its day behind one. */
  anonymous: { requests: 1200, windowSeconds: minute },
} as const

/**
 * Boards and the like, which take a moment of the process: so many of one account at once, and so many more wait their
 * turn. The answers of one request are packed together at its end, so that a few fit into it and not more.
 */
export const heavyLimits = { atOnce: 1, waiting: 20, perRequest: 3 } as const

/**
 * By pool: how long one statement may take, how long a transaction may do nothing, how long the server may take to let
 * us in, and how long somebody waits for a connection to come free. Scripts have all the time.
 */
export const databaseLimits = {
  pages: { statementSeconds: 15, idleSeconds: 60, connectSeconds: 5, waitSeconds: 10 },
  jobs: { statementSeconds: 15 * minute, idleSeconds: 5 * minute, connectSeconds: 15, waitSeconds: 15 * minute },
} as const

/** Other servers and programs: how long they may keep somebody waiting. */
export const outsideLimits = {
  /** The mail server: to be reached and to greet, and then between two words of it. */
  mail: { connectSeconds: 10, silenceSeconds: 20 },
  /** The store of files: to be reached and to begin its answer, and then between two pieces of it. */
  files: { answerSeconds: 30, silenceSeconds: 30 },
  /** The single sign-on: each question to it. */
  signOn: { answerSeconds: 5 },
  /** The virus scanner, with one file. */
  scan: { seconds: minute },
} as const

/** Work that nobody waits for in front of a screen: when something is wrong with it. */
export const jobLimits = {
  /**
   * What comes again and again is late when more time has passed than its longest pause and this share of it, within
   * these bounds.
   */
  grace: { share: 0.25, leastSeconds: 5 * minute, mostSeconds: hour },
  /** Ready to be taken, and taken by nobody. */
  lagSeconds: 10 * minute,
  /** In one hand: statements of a job end long before. */
  runningSeconds: hour,
  /** What should have left by then is looked for, queued again and told in the log. */
  leftBehindSeconds: {
    bulletin: minute,
    passedOn: minute,
    notice: 3 * minute,
    letter: 35 * minute,
    mailing: 5 * minute,
  },
} as const

/** What may be mended in an approved bulletin without another review, measured against the text that was approved. */
export const typoLimits = {
  /** Words in all, both languages together. */
  words: 6,
  /** Letters of one word, where it is short and where it is longer. */
  letters: { short: 1, long: 2, longFrom: 5 },
} as const

/**
 * Points of a polygon in an alert. Phones and cell broadcast take about a hundred, and an alert may name many communes.
 */
export const alertLimits = {
  cityPoints: 100,
  communePoints: 60,
} as const

/** The feeds that everybody may read. `docs/limits.md` says this too. */
export const feedLimits = {
  /** Bulletins in one archive: enough of them, and it is closed for good. */
  archive: 50,
  /** Changes that a feed tells of at least. */
  latest: 100,
  /** Bulletins that it tells of at most: in no archive yet, and those in force whose text was corrected, among them. */
  most: 300,
  alerts: 100,
  /** A cache asks again after. */
  maxAgeSeconds: minute,
  /** Documents that a process keeps ready, in bytes. */
  keptBytes: 16_000_000,
} as const

/** The pages that everybody reads. */
export const readingLimits = {
  /** Bulletins on a page of the list. */
  pageSize: 30,
  /** What is read of the words that somebody looks for. */
  searchCharacters: 100,
  searchWords: 8,
  /** After so many days the page of a warning that names no end says how old it is. */
  staleDays: 7,
  /** Pages that are kept as they were drawn, so that many readers at once ask the database as one. */
  keptBytes: 16_000_000,
  keptSeconds: minute,
  /** Script of a page, its own and what it fetches. */
  scriptBytes: 20_000,
} as const

/** What the health of a process is judged by. */
export const healthLimits = {
  /** For an answer of the database. */
  longestWaitSeconds: 3,
  /** Overdue for so long a bulletin is an alarm. */
  bulletinSeconds: minute,
} as const

/** How a process leaves, having been asked to. */
export const leavingLimits = {
  /**
   * Between its word that it takes no new work and the closing of its port: whoever spreads the requests hears of it
   * meanwhile.
   */
  noticeSeconds: 5,
  /** What is under way then has this long to end. */
  goodbyeSeconds: 10,
} as const

/** Pictures that are handed in. How large one may be stands in `photo.ts`. */
export const uploadLimits = {
  /** So many are read or worked on at once by a process, and so many of them of one account; each is held in memory. */
  underWay: 16,
  underWayPerAccount: 6,
  /** A sender from whom nothing comes for so long is let go of, and one who takes this long in all. */
  stallSeconds: 15,
  longestSeconds: 3 * minute,
  /** One is unpacked at a time; so many wait for their turn, none for longer than this. */
  waiting: 16,
  longestWaitMillis: 30_000,
  /** What one account has handed in and hung nowhere, within the time after which it is cleared away. */
  unattached: { files: 100, bytes: 300 * 1024 * 1024 },
  orphanHours: 24,
} as const

/**
 * Pictures of bulletins for messengers and phones, drawn in a line of their own: whoever asks for them keeps no staff
 * from handing in.
 */
export const shareImageLimits = {
  /** One is drawn at a time; so many wait for their turn, none for longer than this. */
  waiting: 8,
  longestWaitMillis: 5_000,
  /**
   * Of those already drawn, in the memory of a process; each is some 50 kB. All 1,260 of a storm of 315 bulletins would
   * take 63 MB of the memory of a small server: those asked for last are kept, and caches in front keep the others.
   */
  keptBytes: 24 * 1024 * 1024,
  /** For which a cache need not ask again; less where the validity ends sooner. */
  maxAgeSeconds: 60,
} as const

/** Images of bulletins, resized when a width is first asked for, in a queue of their own. */
export const sizedImageLimits = { waiting: 24, longestWaitMillis: 10_000 } as const

/** What a ward reads out over its loudspeakers. */
export const loudspeakerLimits = {
  characters: 4000,
  /** As announcers read: slowly, for streets and yards. A syllable is a word of Vietnamese spelling. */
  syllablesPerMinute: 150,
  /** Nobody listens for longer: a warning says so. */
  longestSeconds: 3 * minute,
  /** Of the body of a bulletin, what to do: so many syllables are taken into the text that is made from it. */
  syllablesOfBody: 160,
  /** Places that are read out by name; more of them are counted. */
  namedPlaces: 12,
} as const

/** What is only looked up for a while is cleared away after so many days; the event log stays. */
export const keptDays = {
  /** A change in bulk with what became of each report, after it ended. */
  bulkRuns: 90,
  notifications: 180,
} as const

export const passwordLimits = {
  shortest: 12,
  longest: 128,
  /** So many guesses it takes at least whoever knows its owner and the usual passwords. */
  guesses: 1e10,
  /** So many characters are judged: the first. */
  judged: 40,
  /** A one-time link to set a password works for this long. */
  linkSeconds: 48 * hour,
} as const

/** How long a username waits when it has run out of tries for the n-th time. */
export function delayAfter(strikes: number): number {
  const { firstSeconds, longestSeconds } = signInLimits.delay
  return Math.min(firstSeconds * 2 ** Math.max(0, strikes - 1), longestSeconds)
}
