import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { noteMentions, reportNotes } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockReport } from '../queries/lock.ts'
import { mentionsOf } from '../queries/mentionable.ts'
import { mayAct } from '../rules/policy.ts'
import type { noteInput } from '../rules/schemas.ts'
import { noteWords } from '../rules/search-text.ts'
import { forgetDraft } from './drafts.ts'

type Note = z.output<typeof noteInput>

/**
 * Writes an internal note. A note changes nothing on the report, so it needs no version: two colleagues may write at
 * the same time. The browser makes the id of the note, so a request sent twice writes one.
 */
export async function addNote(ctx: Context, input: Note): Promise<{ id: string }> {
  return ctx.db.transaction(async (tx) => {
    const report = await lockReport(tx, ctx, input.reportId)
    const actor = capacityFor(ctx.actor, (capacity) => mayAct(capacity, 'add_note', report.agencyId))
    const authorId = ctx.actor.id
    if (authorId === null || !actor) {
      // Already written, by a request whose response got lost: the right to write may have gone since, the note exists.
      if (authorId !== null && (await isWritten(tx, input, authorId))) return { id: input.id }
      throw new DomainError('forbidden')
    }
    // A repeated request returns the note as it was stored, without checking its mentions again.
    const chosen = input.mentions ?? []
    const isKnown = chosen.length > 0 && (await isWritten(tx, input, authorId))
    const mentions = isKnown ? [] : await mentionsOf(tx, ctx.now(), report, { body: input.body, chosen })
    const [written] = await tx
      .insert(reportNotes)
      .values({
        id: input.id,
        reportId: report.id,
        agencyId: report.agencyId,
        authorId,
        body: input.body,
        words: noteWords(input.body),
        createdAt: ctx.now(),
      })
      .onConflictDoNothing({ target: reportNotes.id })
      .returning({ id: reportNotes.id })
    if (!written) {
      // An id that is taken must belong to this very note, sent before: a note is never dropped silently.
      if (!(await isWritten(tx, input, authorId))) throw new DomainError('note_taken')
    } else {
      const rows = mentions.map(({ id, name }) => ({ noteId: written.id, accountId: id, name }))
      if (rows.length > 0) await tx.insert(noteMentions).values(rows)
      await recordEvent(
        tx,
        { ...ctx, actor },
        {
          event: 'report.note_added',
          subject: { kind: 'report', id: report.id },
          agencyId: report.agencyId,
          from: report.state,
          to: report.state,
          details: { noteId: written.id, ...(rows.length > 0 && { mentions: mentions.map(({ id }) => id) }) },
        },
      )
    }
    await forgetDraft(tx, { accountId: authorId, reportId: report.id, kind: 'note' })
    return { id: input.id }
  })
}

/** Compares the text: a draft that was extended after it was sent, here or on another machine, has the same id. */
async function isWritten(tx: Transaction, { id, reportId, body }: Note, authorId: string): Promise<boolean> {
  const [note] = await tx
    .select({ reportId: reportNotes.reportId, authorId: reportNotes.authorId, body: reportNotes.body })
    .from(reportNotes)
    .where(eq(reportNotes.id, id))
  return note?.reportId === reportId && note.authorId === authorId && note.body === body
}
