import { allowedSeconds } from '#server/jobs/turns.ts'
import {
  alertLimits,
  apiLimits,
  citizenLinkLimits,
  databaseLimits,
  delayAfter,
  deliveryLimits,
  deviceLimits,
  disclosureLimits,
  exportLimits,
  feedLimits,
  healthLimits,
  heavyLimits,
  issuedLimits,
  jobLimits,
  keptDays,
  leavingLimits,
  loudspeakerLimits,
  noticeLimits,
  outboundLimits,
  outsideLimits,
  passwordLimits,
  placeLimits,
  readingLimits,
  receiptLimits,
  requestLimits,
  secondFactorLimits,
  sessionLimits,
  shareImageLimits,
  signInLimits,
  sizedImageLimits,
  stepUpLimits,
  typoLimits,
  undoLimits,
  uploadLimits,
  webhookLimits,
} from '#server/platform/rules/limits.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'
import { secondPersonAbove } from '#server/reports/rules/answer-batch.ts'
import { draftDays } from '#server/reports/rules/draft-days.ts'

export const limitsPage = 'docs/limits.md'

/** The page of limits, printed from the constants that the program uses. */
export function renderLimits(): string {
  const { account, address, network, office, device, confirmation, delay } = signInLimits
  const { codes } = secondFactorLimits
  const tries = [
    ['one username', account],
    ['one address (IPv6: one /64)', address],
    ['one network (/24, IPv6 /56)', network],
    ['one address of `OFFICE_NETWORKS`, in place of both', office],
    ['one device that the account knows', device],
    ['one account, where the password is asked again within a sign-in', confirmation],
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

| Failed attempts of | allowed | within |
| --- | --- | --- |
${rows.join('\n')}

An attempt is counted before its password is checked, under the address of the socket or the address that a trusted
proxy reports. A successful attempt is not counted. A username or a known device that has used up its attempts must
wait ${delays.slice(0, -1).join(', ')}, then ${spanOf(delay.longestSeconds)} each time, until a sign-in
succeeds, an administrator's one-time link sets a new password, or ${spanOf(delay.rememberedSeconds)} have passed.
The response is the same for usernames that do not exist.

A browser in which an account has completed a sign-in keeps a sealed cookie for it, renewed at each sign-in, for
${deviceLimits.rememberedSeconds / 86_400} days or until the password is changed, for the latest ${deviceLimits.accounts} accounts. Its attempts are counted separately:
strangers who use up the attempts of the account, the address or the network do not lock it out, and it does not give
them additional attempts. The same applies within a sign-in, where the password is asked again.

## Sessions

| A sign-in | |
| --- | --- |
| ends, regardless of activity, after | ${spanOf(sessionLimits.absoluteSeconds)} |
| ends without use of keyboard, mouse or touch screen after | ${spanOf(sessionLimits.idleSeconds)} |
| is recorded as used at most every | ${spanOf(sessionLimits.touchSeconds)} |
| is read again by each process after | ${sessionLimits.cacheMilliseconds} ms, at once when it was ended |

A wall screen, which no one touches, continues to show the figures of its incident while the sign-in is idle: for at
most ${spanOf(sessionLimits.absoluteSeconds)} after the sign-in, or until it is ended. All other pages on that machine ask for the password again.

To change or export more than ${stepUpLimits.rows} reports at once, to change roles, to change or reset a second factor or to
publish an alert, a user must have signed in or confirmed their identity within the last ${spanOf(stepUpLimits.seconds)}: with
the second factor where the account has one, otherwise with the password.

## Second factor

| | |
| --- | --- |
| wrong codes of one account at sign-in, or of one sign-in where the code is asked again | ${codes.tries} within ${spanOf(codes.windowSeconds)} |
| a code of the authenticator app is valid for | its ${secondFactorLimits.stepSeconds} seconds and ${secondFactorLimits.stepsAround} step before and after, once |
| recovery codes, each valid once | ${secondFactorLimits.recoveryCodes} |
| time to set up an authenticator app | ${spanOf(secondFactorLimits.enrolmentSeconds)} |
| a passkey challenge is valid for | ${spanOf(secondFactorLimits.challengeSeconds)}, once |
| passkeys of one account | ${secondFactorLimits.passkeys} |
| shortest reason to reset an account's second factor | ${secondFactorLimits.shortestReason} characters |

An account that has used up its attempts must wait as long as for passwords, longer each time.

## Personal data of reporters

| | |
| --- | --- |
| a reason has at least | ${disclosureLimits.reason.shortest} characters |
| and at most | ${disclosureLimits.reason.longest} |
| different persons shown to one account within ${spanOf(disclosureLimits.persons.windowSeconds)} (budget) | ${disclosureLimits.persons.budget} |
| the same after confirming the identity (ceiling) | ${disclosureLimits.persons.ceiling} |
| reports shown for one phone number | ${disclosureLimits.mostFound}, the newest first |
| rows of the auditor's file | ${disclosureLimits.mostInFile} |

Seeing a reporter, searching by a phone number, downloading an original photo and exporting reporters use one budget,
across all screens, files and sign-ins of the account. A person is counted once, no matter how many reports they sent;
a search without a result counts as one person. A user who answers calls speaks with fewer callers than that in an hour.
Beyond the budget the user must have signed in or confirmed their identity within the last ${spanOf(stepUpLimits.seconds)}; beyond the
ceiling nothing more is shown until the hour has passed, and \`account.personal_data_refused\` is recorded in the event
log. Each access is recorded with its reason and each person concerned, in tables that no one can change; auditors can
read them.

## Passwords

| | |
| --- | --- |
| shortest password | ${passwordLimits.shortest} characters |
| longest password | ${passwordLimits.longest} characters |
| fewest guesses needed by an attacker who knows the owner's data and common passwords | ${spaced(passwordLimits.guesses)} |
| a one-time link to set a password is valid for | ${spanOf(passwordLimits.linkSeconds)} |

## Requests

| | |
| --- | --- |
| request body without a sign-in, or for signing in | ${requestLimits.anonymousBodyBytes / 1024} kB |
| request body of a procedure | ${requestLimits.bodyBytes / 1000} kB |
| calls in one request (a mutation must be the only call) | ${requestLimits.calls} |
| values in one input, each counted as often as it occurs | ${requestLimits.values} |
| nesting depth of an input | ${requestLimits.depth} |
| requests without a sign-in from one address (IPv6: one /64) | ${requestLimits.anonymous.requests} within ${spanOf(requestLimits.anonymous.windowSeconds)}, per process |
| boards and other expensive queries of one account at once | ${heavyLimits.atOnce}; ${heavyLimits.waiting} more wait in a queue |
| boards and other expensive queries in one request | ${heavyLimits.perRequest} |

Requests without a sign-in for built files, published bulletins with their images, feeds, alerts and the health check
are not counted, because many phones share one address.

## Places

| | |
| --- | --- |
| an address that is looked up | ${placeLimits.characters} characters |
| places offered for it | ${placeLimits.found} |
| lookups of one account at once, per process | ${placeLimits.lookups.atOnce}; ${placeLimits.lookups.waiting} more wait in a queue |
| rows of a file of places | ${spaced(placeLimits.file.rows)} |
| points of one street | ${spaced(placeLimits.file.points)} |
| length of one row or street in the file | ${spaced(placeLimits.file.rowBytes)} characters |
| bad rows that are listed | ${placeLimits.badRows} |

## Programs of other systems

| | |
| --- | --- |
| requests of one API client answered in a minute, by all processes together | set for each client, at most ${spaced(apiLimits.client.requestsPerMinute.most)} |
| of these, taken by a process at once | a ${apiLimits.client.sharesOfMinute}th |
| reports of one API client on a day | set for each client, at most ${spaced(apiLimits.client.reportsPerDay.most)} |
| a key is valid for | at most ${apiLimits.key.longestDays} days |
| replaced keys stay valid for | at most ${apiLimits.key.longestOverlapHours} hours |
| the last use of a key is recorded at most every | ${spanOf(apiLimits.key.touchSeconds)} |
| requests without a valid key from one address (IPv6: one /64) | ${apiLimits.anonymous.requests} within ${spanOf(apiLimits.anonymous.windowSeconds)} |
| a JSON body of the REST interface | ${spaced(apiLimits.jsonBytes)} bytes |
| entries of one page of the REST interface | ${apiLimits.restPage.usual}, at most ${apiLimits.restPage.most} |
| a form apart from its photos, and what is read of a form before its key | ${spaced(apiLimits.formBytes)} bytes |
| forms with photos handled at once, of one client and in all | ${apiLimits.photos.perClient}, ${apiLimits.photos.inAll} |
| photos of one report or update, together as large as one | ${apiLimits.photos.perReport} |
| the same of one address, where the key is only in the form | ${apiLimits.photos.withoutKey}, ${apiLimits.photos.withoutKeyInAll} |
| a list of requests | ${apiLimits.list.days} days, ${spaced(apiLimits.list.requests)} requests a page, ${spaced(apiLimits.list.deepest)} in all pages, ${apiLimits.list.ids} ids |
| the same without a key | ${apiLimits.listWithoutKey.requests} requests a page, ${spaced(apiLimits.listWithoutKey.deepest)} in all pages, ${apiLimits.listWithoutKey.atOnce} lists at once of all senders |

## The citizen's page of a report

| | |
| --- | --- |
| a link to it is valid for | ${citizenLinkLimits.days} days |
| a browser that opened it keeps it for | ${citizenLinkLimits.cookieDays} days |
| requests of one link | ${citizenLinkLimits.link.requests} within ${spanOf(citizenLinkLimits.link.windowSeconds)} |
| requests of one address (IPv6: one /64) | ${citizenLinkLimits.address.requests} within ${spanOf(citizenLinkLimits.address.windowSeconds)} |
| the same without a valid link | ${citizenLinkLimits.unknown.requests} within ${spanOf(citizenLinkLimits.unknown.windowSeconds)} |
| forms sent by one link | ${citizenLinkLimits.said.tries} within ${spanOf(citizenLinkLimits.said.windowSeconds)} |
| photos in one form | ${citizenLinkLimits.photos.perForm} |
| a form apart from its photos | ${spaced(citizenLinkLimits.formBytes)} bytes |

## Messages to citizens

| | |
| --- | --- |
| attempts of one message by one gateway | ${deliveryLimits.retries.attempts} |
| wait after the first; each is twice as long as the one before | ${spanOf(deliveryLimits.retries.firstSeconds)}, at most ${spanOf(deliveryLimits.retries.longestSeconds)} |
| longest pause that a gateway may ask for (Retry-After) | ${spanOf(deliveryLimits.askedSeconds)} |
| a message that could not be sent is not sent by itself after | ${deliveryLimits.staleDays} days |
| messages that a gateway is given in a minute | as set for it, ${deliveryLimits.perMinute.usual} at first |
| a message of a process that died is sent again after | ${spanOf(deliveryLimits.batch.claimSeconds)} |
| reports of a provider on its messages | ${receiptLimits.gateway.requests} within ${spanOf(receiptLimits.gateway.windowSeconds)}, each at most ${spaced(receiptLimits.bodyBytes)} bytes |
| the same of one address without a valid token | ${receiptLimits.unknown.requests} within ${spanOf(receiptLimits.unknown.windowSeconds)} |
| latest messages of the log that are counted by state | ${spaced(deliveryLimits.counted)} |

## The database

| Time-outs | one statement | idle in a transaction | connecting to the server | waiting for a free connection |
| --- | --- | --- | --- | --- |
${databaseRows.join('\n')}

A request that gets no free connection within that time is answered with 503 (\`database_busy\`): nothing was sent to the
database, and the client may retry. Migrations, imports and the rebuilding of figures, which are started manually, have
no limit.

## Other servers

| | time-out |
| --- | --- |
| connection to the mail server and its greeting | ${spanOf(outsideLimits.mail.connectSeconds)} |
| silence of the mail server after that | ${spanOf(outsideLimits.mail.silenceSeconds)} |
| connection to the file store and the beginning of its response | ${spanOf(outsideLimits.files.answerSeconds)} |
| silence between two parts of the response | ${spanOf(outsideLimits.files.silenceSeconds)} |
| response of the single sign-on | ${spanOf(outsideLimits.signOn.answerSeconds)} |
| check of a file by the virus scanner | ${spanOf(outsideLimits.scan.seconds)} |
| a call to a typed-in address (webhook, gateway), in all | ${spanOf(outboundLimits.totalSeconds)} |
| silence within such a call | ${spanOf(outboundLimits.silenceSeconds)} |

At most ${webhookLimits.atOnce.perWebhook} calls to one webhook run at once, and ${webhookLimits.atOnce.inAll} to all. A webhook whose tries fail
for ${webhookLimits.disableAfterDays} days, with no more than ${webhookLimits.failureGapHours} hours between them, is stopped, and its administrators get a letter.
A replaced secret signs beside the new one for at most ${webhookLimits.secret.longestOverlapHours} hours.

Of the answer to such a call ${spaced(outboundLimits.answerBytes)} bytes are read. After a failure it is tried again
${outboundLimits.backoff.seconds.length} times, with these waits, each longer or shorter by up to ${outboundLimits.backoff.jitter * 100} %:
${outboundLimits.backoff.seconds.map(spanOf).join(', ')}.

## Jobs and health

| | |
| --- | --- |
| a scheduled job is late when the time since its last success exceeds | its longest interval plus ${jobLimits.grace.share * 100} % of it (${spanOf(jobLimits.grace.leastSeconds)} to ${spanOf(jobLimits.grace.mostSeconds)}) |
| for example, a job that runs every minute | after ${spanOf(allowedSeconds('* * * * *'))} |
| a job that runs every hour | after ${spanOf(allowedSeconds('0 * * * *'))} |
| a job that runs every night | after ${spanOf(allowedSeconds('0 17 * * *'))} |
| a job that is ready waits too long after | ${spanOf(jobLimits.lagSeconds)} |
| a running job hangs after | ${spanOf(jobLimits.runningSeconds)} |
| an overdue bulletin is an alarm after | ${spanOf(healthLimits.bulletinSeconds)} |
| time-out of the database for the health check | ${spanOf(healthLimits.longestWaitSeconds)} |

Each minute a job looks for what should have been sent already, logs it and queues it again:

- a scheduled bulletin after ${spanOf(jobLimits.leftBehindSeconds.bulletin)};
- a report to be announced to the agency that got it, after ${spanOf(jobLimits.leftBehindSeconds.released)};
- an answer to be passed on to a report that was merged or linked after it was sent, after ${spanOf(jobLimits.leftBehindSeconds.passedOn)};
- a notification after ${spanOf(jobLimits.leftBehindSeconds.notice)}, its mail after ${spanOf(jobLimits.leftBehindSeconds.letter)};
- a mailed report of figures after ${spanOf(jobLimits.leftBehindSeconds.mailing)}.

Mailed reports of figures are kept as they were issued, without end: figures, text and page of one together are at most
${issuedLimits.bytes / 1_000_000} MB.

A process that is asked to stop reports it in its readiness first; ${spanOf(leavingLimits.noticeSeconds)} later it closes its port, and work in
progress has ${spanOf(leavingLimits.goodbyeSeconds)} to end. The demo and a desk in development close at once.

## Feeds

| | |
| --- | --- |
| bulletins in one archive | ${feedLimits.archive} |
| latest changes in the subscription document of a feed | ${feedLimits.latest} |
| bulletins in it at most, including those in no archive yet and corrected ones that are in force | ${feedLimits.most} |
| messages in the feed of alerts | ${feedLimits.alerts} |
| caches revalidate after | ${spanOf(feedLimits.maxAgeSeconds)} |
| documents cached by a process | ${feedLimits.keptBytes / 1_000_000} MB |

## Typos in an approved bulletin

| Corrected without another review, compared with the approved text | at most |
| --- | --- |
| words, both languages together | ${typoLimits.words} |
| letters of a word of fewer than ${typoLimits.letters.longFrom} letters | ${typoLimits.letters.short} |
| letters of a longer word | ${typoLimits.letters.long} |

## Polygons of an alert

| | points at most |
| --- | --- |
| of the whole city | ${alertLimits.cityPoints} |
| of a commune | ${alertLimits.communePoints} |

Where a polygon has fewer points than the boundary, it covers slightly more than the commune, never less.

## Public bulletin pages

| | |
| --- | --- |
| bulletins on a page of the list | ${readingLimits.pageSize} |
| used part of a search text | the first ${readingLimits.searchCharacters} characters, ${readingLimits.searchWords} words |
| a warning without an end is marked as old after | ${readingLimits.staleDays} days |
| rendered pages cached by a process | ${readingLimits.keptBytes / 1_000_000} MB, each for ${spanOf(readingLimits.keptSeconds)} |
| all scripts of a page | under ${readingLimits.scriptBytes / 1000} kB |

## Messages to many

An answer to more than ${secondPersonAbove} reports is approved by a second person before it is sent. The same applies to a notice to more
than ${secondPersonAbove} persons, counted over all notices of the incident within ${spanOf(noticeLimits.togetherSeconds)}.

## Exports

| | |
| --- | --- |
| in progress at once, per account | ${exportLimits.perAccount} |
| in progress at once, per process | ${exportLimits.perProcess} |
| a client that reads nothing of the data sent is disconnected after | ${spanOf(exportLimits.stallSeconds)} |
| any client is disconnected after | ${spanOf(exportLimits.longestSeconds)} |
| time-out of the statement that finds the rows | ${spanOf(exportLimits.statementSeconds)} |
| request body of an export | ${exportLimits.bodyBytes / 1000} kB |

## Uploaded pictures

| | |
| --- | --- |
| size of a picture at most | ${sizeOf(photoLimits.bytes)} |
| pixels at most | ${photoLimits.pixels / 1_000_000} million; ${photoLimits.wholePixels / 1_000_000} million if progressive, interlaced or with 16 bits per channel |
| uploads in progress at once, per process | ${uploadLimits.underWay} |
| uploads in progress at once, per account | ${uploadLimits.underWayPerAccount} |
| an upload is aborted if no data arrives for | ${spanOf(uploadLimits.stallSeconds)} |
| any upload is aborted after | ${spanOf(uploadLimits.longestSeconds)} |
| decoded and resized at once, per process | 1 |
| waiting for that | ${uploadLimits.waiting}, for ${spanOf(uploadLimits.longestWaitMillis / 1000)} at most |
| uploaded by one account and not yet attached, within ${spanOf(uploadLimits.orphanHours * 3600)} | ${uploadLimits.unattached.files} and ${sizeOf(uploadLimits.unattached.bytes)} |
| deleted if not attached and not named by a draft, after | ${spanOf(uploadLimits.orphanHours * 3600)} |

## Pictures and loudspeaker texts of bulletins

| | |
| --- | --- |
| share images cached by a process | ${sizeOf(shareImageLimits.keptBytes)}, the most recently requested |
| share images rendered at once, per process | 1 |
| waiting for that | ${shareImageLimits.waiting}, for ${spanOf(shareImageLimits.longestWaitMillis / 1000)} at most |
| images of bulletins resized to a width for the first time, at once, per process | 1 |
| waiting for that | ${sizedImageLimits.waiting}, for ${spanOf(sizedImageLimits.longestWaitMillis / 1000)} at most; requests for the same image share one resize |
| caches keep a share image without revalidation for | ${spanOf(shareImageLimits.maxAgeSeconds)}, and never beyond the end of its validity |
| a loudspeaker text has at most | ${spaced(loudspeakerLimits.characters)} characters |
| it is read at | ${loudspeakerLimits.syllablesPerMinute} syllables a minute; a warning is shown if it takes longer than ${spanOf(loudspeakerLimits.longestSeconds)} |
| a text made from the fields takes from the body at most | ${loudspeakerLimits.syllablesOfBody} syllables |
| and names at most | ${loudspeakerLimits.namedPlaces} communes |

Share images and resized images have separate queues, so that many requests for them do not block staff who upload
photos. All share images of a storm of 315 bulletins, in two formats and two languages, would take some 63 MB: images
that are not cached are rendered again.

## Undo

The time for undo is a setting; the server accepts a request up to ${spanOf(undoLimits.graceSeconds)} after the time that
the screen shows. An agency sees a decision, and others are notified of an act, when that grace is over too; an answer is
sent when the time that is shown is over.

## Retention

| Deleted | after |
| --- | --- |
| results per report of a bulk action | ${keptDays.bulkRuns} days |
| notifications | ${keptDays.notifications} days |
| deliveries of webhooks with their tries | ${keptDays.webhookDeliveries} days |
| messages to reporters with their attempts, once nothing is left to do | ${keptDays.deliveries} days |
| links to the citizen's page | their expiry |
| drafts that no one has changed | ${draftDays} days |

The event log of the reports is kept: it records who changed what, in bulk or one by one.
`
}

const spaced = (count: number): string => count.toLocaleString('en')

function spanOf(seconds: number): string {
  if (seconds % 3600 === 0) return seconds === 3600 ? '1 hour' : `${seconds / 3600} hours`
  if (seconds === 60) return '1 minute'
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`
}

const sizeOf = (bytes: number): string => `${bytes / 1024 / 1024} MB`
