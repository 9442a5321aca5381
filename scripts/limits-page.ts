import { allowedSeconds } from '#server/jobs/turns.ts'
import {
  alertLimits,
  databaseLimits,
  delayAfter,
  deviceLimits,
  disclosureLimits,
  exportLimits,
  feedLimits,
  healthLimits,
  heavyLimits,
  jobLimits,
  keptDays,
  leavingLimits,
  loudspeakerLimits,
  noticeLimits,
  outsideLimits,
  passwordLimits,
  readingLimits,
  requestLimits,
  secondFactorLimits,
  sessionLimits,
  shareImageLimits,
  signInLimits,
  sizedImageLimits,
  stepUpLimits,
  typoLimits,
  uploadLimits,
} from '#server/platform/rules/limits.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'
import { secondPersonAbove } from '#server/reports/rules/answer-batch.ts'
import { draftDays } from '#server/reports/rules/draft-days.ts'

export const limitsPage = 'docs/limits.md'

/** The page of limits, printed from the very figures that the program obeys. */
export function renderLimits(): string {
  const { account, address, network, office, device, confirmation, delay } = signInLimits
  const { codes } = secondFactorLimits
  const tries = [
    ['one username', account],
    ['one address (IPv6: one /64)', address],
    ['one network (/24, IPv6 /56)', network],
    ['one address of `OFFICE_NETWORKS`, in place of both', office],
    ['one device that the account knows', device],
    ['the password asked again within a sign-in, of one account', confirmation],
  ] as const
  const delays = [1, 2, 3, 4, 5].map((strikes) => spanOf(delayAfter(strikes)))
  const rows = tries.map(([what, limit]) => `| ${what} | ${limit.tries} | ${spanOf(limit.windowSeconds)} |`)
  const databaseRows = Object.entries({ 'pages and procedures': databaseLimits.pages, jobs: databaseLimits.jobs }).map(
    ([who, { statementSeconds, idleSeconds, connectSeconds, waitSeconds }]) =>
      `| ${[who, ...[statementSeconds, idleSeconds, connectSeconds, waitSeconds].map(spanOf)].join(' | ')} |`,
  )
  return `# Limits

Printed from \`server/platform/rules/limits.ts\` by \`node scripts/write-limits.ts\`; a test fails when the two differ.

## Signing in

| Failed tries of | allowed | within |
| --- | --- | --- |
${rows.join('\n')}

An attempt is counted before its password is looked at, under the address of the socket or the one a trusted proxy names.
A successful one is given back. A username, and a known device, that has used up its tries waits ${delays.slice(0, -1).join(', ')}, then
${spanOf(delay.longestSeconds)} each time, until a sign-in succeeds, an admin's one-time link sets a new password, or
${spanOf(delay.rememberedSeconds)} have passed. The answer is the same for usernames that do not exist.

A browser in which an account has signed in in full keeps a sealed cookie of it, renewed at each sign-in, for ${deviceLimits.rememberedSeconds / 86_400} days and
until the password is changed, of the latest ${deviceLimits.accounts} accounts. Its tries are counted by themselves: strangers who use up those of the account, of the
address or of the network do not shut it out, and it gives them no new ones. The same holds within a sign-in, where the password is asked again.

## Sessions

| A sign-in | |
| --- | --- |
| ends after, whatever is done with it | ${spanOf(sessionLimits.absoluteSeconds)} |
| ends when nobody touched keyboard, mouse or screen for | ${spanOf(sessionLimits.idleSeconds)} |
| is written down as used at most every | ${spanOf(sessionLimits.touchSeconds)} |
| is read anew by each process after | ${sessionLimits.cacheMilliseconds} ms, at once when it was ended |

A screen on a wall, which nobody touches, goes on showing the figures of its incident while the sign-in is merely idle: for
${spanOf(sessionLimits.absoluteSeconds)} after it began at most, or until the sign-in is ended. Everything else on that machine asks for the password again.

To change or take away more than ${stepUpLimits.rows} reports at once, to change roles, to change or reset a second factor, to publish an
alert, the person has signed in or shown again who he is within the last ${spanOf(stepUpLimits.seconds)}: by the second factor where the account has one, else by the password.

## Second factor

| | |
| --- | --- |
| wrong codes of one account at the door, or of one sign-in where it is asked again | ${codes.tries} within ${spanOf(codes.windowSeconds)} |
| a code of the application is good for | its ${secondFactorLimits.stepSeconds} seconds and ${secondFactorLimits.stepsAround} step before and after, once |
| recovery codes, each once | ${secondFactorLimits.recoveryCodes} |
| setting up an application takes at most | ${spanOf(secondFactorLimits.enrolmentSeconds)} |
| a question to a passkey is good for | ${spanOf(secondFactorLimits.challengeSeconds)}, once |
| passkeys of one account | ${secondFactorLimits.passkeys} |
| shortest reason to reset an account's second factor | ${secondFactorLimits.shortestReason} characters |

Who has used up the tries waits as long as for passwords, longer each time.

## Personal data of reporters

| | |
| --- | --- |
| a reason has at least | ${disclosureLimits.reason.shortest} characters |
| and at most | ${disclosureLimits.reason.longest} |
| different persons an account may be shown within ${spanOf(disclosureLimits.persons.windowSeconds)} | ${disclosureLimits.persons.budget} |
| beyond that, having shown who it is | ${disclosureLimits.persons.ceiling} |
| reports shown of one phone number | ${disclosureLimits.mostFound}, the newest first |
| rows of the auditor's file | ${disclosureLimits.mostInFile} |

Seeing a reporter, searching by a phone number, taking an original photo and taking reporters along in a file draw on one
budget, over all screens, files and sign-ins of the account. A person is counted once however many reports he sent; a search
that finds nobody counts as one. Somebody at the telephone speaks with fewer callers than that in an hour. Beyond the budget the
person has signed in or shown who he is within the last ${spanOf(stepUpLimits.seconds)}; beyond the ceiling nothing more is shown until the hour
has passed, and \`account.personal_data_refused\` stands in the event log. Each look is written down with its reason and
each person concerned, in tables that nobody can change; the auditor reads them.

## Passwords

| | |
| --- | --- |
| shortest password | ${passwordLimits.shortest} characters |
| longest password | ${passwordLimits.longest} characters |
| guesses that it takes somebody who knows its owner and the usual passwords | ${spaced(passwordLimits.guesses)} |
| a one-time link to set one works for | ${spanOf(passwordLimits.linkSeconds)} |

## Requests

| | |
| --- | --- |
| a body without a sign-in, or for signing in | ${requestLimits.anonymousBodyBytes / 1024} kB |
| what a procedure is sent | ${requestLimits.bodyBytes / 1000} kB |
| calls in one request (a change travels alone) | ${requestLimits.calls} |
| values in one input, each counted as often as it stands there | ${requestLimits.values} |
| how deep they are nested | ${requestLimits.depth} |
| requests without a sign-in from one address (IPv6: one /64) | ${requestLimits.anonymous.requests} within ${spanOf(requestLimits.anonymous.windowSeconds)}, by each process |
| boards and the like of one account at once | ${heavyLimits.atOnce}; ${heavyLimits.waiting} more wait their turn |
| of them in one request | ${heavyLimits.perRequest} |

Built files, the published bulletins with their images, the feeds, the alerts and the health check are not counted: many phones share one
address.

## The database

| | one statement | a transaction that does nothing | until the server lets us in | until a connection comes free |
| --- | --- | --- | --- | --- |
${databaseRows.join('\n')}

Who finds no free connection within that time is answered 503 (\`database_busy\`): nothing was sent to the database, and he may ask again.
Migrations, imports and the rebuilding of figures, which are started by hand, have no limit.

## Other servers

| | waits at most |
| --- | --- |
| for the mail server to be reached and to greet | ${spanOf(outsideLimits.mail.connectSeconds)} |
| then between two words of it | ${spanOf(outsideLimits.mail.silenceSeconds)} |
| for the store of files to be reached and to begin its answer | ${spanOf(outsideLimits.files.answerSeconds)} |
| then between two pieces of it | ${spanOf(outsideLimits.files.silenceSeconds)} |
| for an answer of the single sign-on | ${spanOf(outsideLimits.signOn.answerSeconds)} |
| for the virus scanner to look at a file | ${spanOf(outsideLimits.scan.seconds)} |

## Jobs and health

| | |
| --- | --- |
| a job of the schedule is late when since its last success more has passed than | its longest pause and ${jobLimits.grace.share * 100} % of it (${spanOf(jobLimits.grace.leastSeconds)} to ${spanOf(jobLimits.grace.mostSeconds)}) |
| so: one of each minute | after ${spanOf(allowedSeconds('* * * * *'))} |
| one of each hour | after ${spanOf(allowedSeconds('0 * * * *'))} |
| one of each night | after ${spanOf(allowedSeconds('0 17 * * *'))} |
| a job that is ready waits too long after | ${spanOf(jobLimits.lagSeconds)} |
| a job in one hand hangs after | ${spanOf(jobLimits.runningSeconds)} |
| a bulletin that is overdue is an alarm after | ${spanOf(healthLimits.bulletinSeconds)} |
| the database has this long to answer the health check | ${spanOf(healthLimits.longestWaitSeconds)} |

Each minute what should have left is looked for, told in the log and queued again: a scheduled bulletin after
${spanOf(jobLimits.leftBehindSeconds.bulletin)}, an answer that reports of the same matter were to have after ${spanOf(jobLimits.leftBehindSeconds.passedOn)}, a notice after ${spanOf(jobLimits.leftBehindSeconds.notice)}, its letter after ${spanOf(jobLimits.leftBehindSeconds.letter)}, a report by mail after ${spanOf(jobLimits.leftBehindSeconds.mailing)}.

A process that is asked to end says so in its readiness first; ${spanOf(leavingLimits.noticeSeconds)} later it closes its port, and what is under way has
${spanOf(leavingLimits.goodbyeSeconds)} to end. The demo and a desk in development close at once.

## Feeds

| | |
| --- | --- |
| bulletins in one archive | ${feedLimits.archive} |
| latest changes that a feed tells of | ${feedLimits.latest} |
| bulletins that it tells of, with those in no archive yet and those in force that were corrected, at most | ${feedLimits.most} |
| messages in the feed of alerts | ${feedLimits.alerts} |
| a cache asks again after | ${spanOf(feedLimits.maxAgeSeconds)} |
| documents that a process keeps ready | ${feedLimits.keptBytes / 1_000_000} MB |

## Slips of the pen in an approved bulletin

| mended without another review, measured against the text that was approved | at most |
| --- | --- |
| words, both languages together | ${typoLimits.words} |
| letters of a word of fewer than ${typoLimits.letters.longFrom} letters | ${typoLimits.letters.short} |
| letters of a longer word | ${typoLimits.letters.long} |

## Polygons of an alert

| | points at most |
| --- | --- |
| of the whole city | ${alertLimits.cityPoints} |
| of a commune | ${alertLimits.communePoints} |

With fewer points than the boundary has, a polygon covers a little more than the commune, never less.

## Bulletins as everybody reads them

| | |
| --- | --- |
| bulletins on a page of the list | ${readingLimits.pageSize} |
| of the words that are looked for, the first | ${readingLimits.searchCharacters} characters, ${readingLimits.searchWords} words |
| a warning that names no end is called an old one after | ${readingLimits.staleDays} days |
| pages kept as they were drawn, in a process | ${readingLimits.keptBytes / 1_000_000} MB, each for ${spanOf(readingLimits.keptSeconds)} |
| script of a page, all that it runs | under ${readingLimits.scriptBytes / 1000} kB |

## Messages to many

An answer to more than ${secondPersonAbove} reports is approved by a second person before it is sent; so is a notice to more than ${secondPersonAbove} persons,
those of all notices of the incident within ${spanOf(noticeLimits.togetherSeconds)} counted with it.

## Files that are taken away

| | |
| --- | --- |
| under way at once, of one account | ${exportLimits.perAccount} |
| under way at once, of one process | ${exportLimits.perProcess} |
| a reader who takes nothing of what waits for him is let go after | ${spanOf(exportLimits.stallSeconds)} |
| and any reader after | ${spanOf(exportLimits.longestSeconds)} |
| a statement that looks for the rows ends after | ${spanOf(exportLimits.statementSeconds)} |
| what asks for one is at most | ${exportLimits.bodyBytes / 1000} kB |

## Pictures that are handed in

| | |
| --- | --- |
| a picture weighs at most | ${sizeOf(photoLimits.bytes)} |
| and has at most | ${photoLimits.pixels / 1_000_000} million pixels; ${photoLimits.wholePixels / 1_000_000} million where it is progressive, interlaced or of 16 bits |
| read or worked on at once, in a process | ${uploadLimits.underWay} |
| of one account | ${uploadLimits.underWayPerAccount} |
| let go of, when nothing comes for | ${spanOf(uploadLimits.stallSeconds)} |
| let go of, however it comes, after | ${spanOf(uploadLimits.longestSeconds)} |
| unpacked and drawn at once, in a process | 1 |
| wait for that | ${uploadLimits.waiting}, for ${spanOf(uploadLimits.longestWaitMillis / 1000)} at most |
| handed in by one account and hung nowhere yet, within ${spanOf(uploadLimits.orphanHours * 3600)} | ${uploadLimits.unattached.files} and ${sizeOf(uploadLimits.unattached.bytes)} |
| cleared away where it hangs nowhere and no draft names it, after | ${spanOf(uploadLimits.orphanHours * 3600)} |

## Pictures and loudspeaker texts of bulletins

| | |
| --- | --- |
| pictures to share that are kept drawn, in a process | ${sizeOf(shareImageLimits.keptBytes)}, those asked for last |
| drawn at once, in a process | 1 |
| wait for that | ${shareImageLimits.waiting}, for ${spanOf(shareImageLimits.longestWaitMillis / 1000)} at most |
| images of bulletins drawn in a width for the first time, at once, in a process | 1 |
| wait for that | ${sizedImageLimits.waiting}, for ${spanOf(sizedImageLimits.longestWaitMillis / 1000)} at most; whoever asks for the same image waits for the same drawing |
| such a picture is kept by a cache, without asking again, for | ${spanOf(shareImageLimits.maxAgeSeconds)}, and never beyond the end of its validity |
| a text for the loudspeakers has at most | ${spaced(loudspeakerLimits.characters)} characters |
| it is read at | ${loudspeakerLimits.syllablesPerMinute} syllables a minute; a warning where it takes longer than ${spanOf(loudspeakerLimits.longestSeconds)} |
| made from the fields it takes from the body at most | ${loudspeakerLimits.syllablesOfBody} syllables |
| and names at most | ${loudspeakerLimits.namedPlaces} communes |

Both are drawn in lines of their own, so that whoever asks for many of them keeps no member of staff from handing in photos. All pictures to share
that a storm of 315 bulletins may be asked for, in two shapes and two languages, would take some 63 MB: what is not kept is drawn again.

## What is cleared away

| | after |
| --- | --- |
| what became of each report in a change in bulk | ${keptDays.bulkRuns} days |
| what somebody was told | ${keptDays.notifications} days |
| a draft that nobody touched | ${draftDays} days |

The event log of the reports stays: it tells who changed what, in bulk or one by one.
`
}

const spaced = (count: number): string => count.toLocaleString('en')

function spanOf(seconds: number): string {
  if (seconds % 3600 === 0) return seconds === 3600 ? '1 hour' : `${seconds / 3600} hours`
  if (seconds === 60) return '1 minute'
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`
}

const sizeOf = (bytes: number): string => `${bytes / 1024 / 1024} MB`
