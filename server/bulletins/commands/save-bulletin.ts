import { eq } from 'drizzle-orm'
import { bulletinRevisions, bulletins } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { shareAPerson } from '#server/accounts/rules/substitution.ts'
import { canonical } from '#server/events/rules/changes.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockBulletin, nameOf, type RevisionRow, revisionById } from '../queries/lock.ts'
import { placeNames } from '../queries/place-names.ts'
import { wordsIn } from '../rules/document-text.ts'
import { stateAfterEdit } from '../rules/lifecycle.ts'
import { mergeContent } from '../rules/merge.ts'
import { mayEditBulletin } from '../rules/policy.ts'
import type { BulletinContent, SaveBulletin } from '../rules/schemas.ts'
import { isTypo } from '../rules/typo.ts'
import { attachImages } from './attach-images.ts'
import { assertFiling } from './filing.ts'
import { type BulletinDesk, type MovedBulletin, writeBulletin } from './move-bulletin.ts'
import { listedOf, sealRevision, writeRevision } from './write-revision.ts'
import { writerIn } from './writer.ts'

/** What was saved; `content` where the edit of a colleague was merged into it. */
export type SavedBulletin = MovedBulletin & { content: BulletinContent | null }

type Filing = { incidentId?: string | null; supersedesId?: string | null }

export const notApproved = {
  approvedRevisionId: null,
  approvedById: null,
  approvedFor: null,
  approvedAt: null,
  acknowledged: [],
}

const collapseMillis = 5 * 60_000

/**
 * Saves a text. An edit based on an older version is merged with what came between, block by block; where both changed
 * the same part it is refused, and the refusal holds both texts. An approved text is reviewed again, unless only a typo
 * was corrected.
 */
export async function saveBulletin(
  ctx: Context,
  input: SaveBulletin & { restoredFromId?: string },
): Promise<SavedBulletin> {
  const { actor, editorId } = writerIn(ctx)
  return ctx.db.transaction(async (tx) => {
    const bulletin = await lockBulletin(tx, input.id)
    if (!mayEditBulletin(actor, bulletin)) throw new DomainError('bulletin_sealed', { state: bulletin.state })
    const desk: BulletinDesk = { tx, ctx: { ...ctx, actor }, bulletin, now: ctx.now() }
    const current = await revisionById(tx, bulletin.currentRevisionId)
    const isBehind = bulletin.version !== input.version
    const content = isBehind ? await merged(desk, current, input) : input.content
    const filing = filingOf(desk, input)
    if (canonical(content) === canonical(current.content) && Object.keys(filing).length === 0) {
      const { id, version, state, currentRevisionId } = bulletin
      return { id, version, state, revisionId: currentRevisionId, content: isBehind ? content : null }
    }
    await assertFiling(tx, { id: bulletin.id, ...filing, areaIds: content.areaIds })
    await attachImages(tx, ctx, content, current.content)

    const state = stateAfterEdit(bulletin.state, input.typo)
    const staysApproved = state === 'approved'
    if (staysApproved) await assertTypo(desk, content, filing)
    const editorFor = actor.onBehalfOf ?? null
    if (input.auto && mayCollapse(current, { editorId, editorFor }, desk.now))
      return rewrite(desk, current, content, filing)
    const revisionId = await writeRevision(tx, {
      bulletinId: bulletin.id,
      number: current.number + 1,
      editorId,
      editorFor,
      content,
      at: desk.now,
      auto: input.auto,
      sealed: staysApproved,
      typoOfId: staysApproved ? bulletin.reviewedRevisionId : null,
      restoredFromId: input.restoredFromId ?? null,
    })
    const editor = { lastEditorId: editorId, lastEditorFor: editorFor }
    const approval = staysApproved ? { approvedRevisionId: revisionId } : notApproved
    const moved = await writeBulletin(desk, eventOf(input), state, {
      set: { ...listedOf(content), ...filing, ...approval, currentRevisionId: revisionId, ...editor },
      details: { revision: current.number + 1, auto: input.auto, merged: isBehind },
    })
    return { ...moved, content: isBehind ? content : null }
  })
}

function eventOf({ typo, restoredFromId }: { typo: boolean; restoredFromId?: string }): EventName {
  if (restoredFromId) return 'bulletin.revision_restored'
  return typo ? 'bulletin.typo_mended' : 'bulletin.saved'
}

async function merged(
  { tx, bulletin }: BulletinDesk,
  current: RevisionRow,
  input: SaveBulletin,
): Promise<BulletinContent> {
  const outcome = input.base && mergeContent(input.base, input.content, current.content)
  if (outcome && outcome.clashes.length === 0) return outcome.content
  throw new DomainError('conflict', {
    version: bulletin.version,
    state: bulletin.state,
    by: await nameOf(tx, current.editorId),
    at: current.savedAt,
    mine: input.content,
    theirs: current.content,
    clashes: outcome?.clashes ?? [],
  })
}

/**
 * The incident and the replaced bulletin are fixed once the bulletin is published: its number belongs to that incident.
 */
function filingOf({ bulletin }: BulletinDesk, { incidentId, supersedesId }: SaveBulletin): Filing {
  const filing: Filing = {}
  if (incidentId !== undefined && incidentId !== bulletin.incidentId) filing.incidentId = incidentId
  if (supersedesId !== undefined && supersedesId !== bulletin.supersedesId) filing.supersedesId = supersedesId
  if (bulletin.publishedRevisionId !== null && Object.keys(filing).length > 0)
    throw new DomainError('bulletin_is_public')
  return filing
}

/**
 * Measured against the text that was approved, however many saves ago. Approvers cannot correct it themselves: they
 * would have approved their own words.
 */
async function assertTypo(
  { tx, ctx, bulletin }: BulletinDesk,
  content: BulletinContent,
  filing: Filing,
): Promise<void> {
  const approved = await revisionById(tx, bulletin.reviewedRevisionId)
  const isFiledAnew = Object.keys(filing).length > 0
  const places = await placeNames(tx, [approved.content, content])
  if (isFiledAnew || !isTypo(approved.content, content, places)) throw new DomainError('more_than_a_typo')
  const approver = { id: bulletin.approvedById, onBehalfOf: bulletin.approvedFor }
  if (!bulletin.isExercise && shareAPerson(ctx.actor, approver)) throw new DomainError('own_bulletin')
}

type Writer = Pick<RevisionRow, 'editorId' | 'editorFor'>

function mayCollapse(current: RevisionRow, { editorId, editorFor }: Writer, now: Date): boolean {
  const isFresh = now.getTime() - current.createdAt.getTime() < collapseMillis
  const isSame = current.editorId === editorId && current.editorFor === editorFor
  return current.auto && !current.sealed && isSame && isFresh
}

/**
 * The next autosave of a writer who goes on writing: into the same revision. The log has its beginning already; an
 * entry every two seconds would bury what matters.
 */
async function rewrite(
  { tx, bulletin, now }: BulletinDesk,
  current: RevisionRow,
  content: BulletinContent,
  filing: Filing,
): Promise<SavedBulletin> {
  await tx
    .update(bulletinRevisions)
    .set({ content, words: wordsIn(content.vi.body), savedAt: now })
    .where(eq(bulletinRevisions.id, current.id))
  const version = bulletin.version + 1
  await tx
    .update(bulletins)
    .set({ ...listedOf(content), ...filing, version, updatedAt: now })
    .where(eq(bulletins.id, bulletin.id))
  return { id: bulletin.id, version, state: bulletin.state, revisionId: current.id, content: null }
}

/** From here on nothing of the text changes while others read it. */
export async function sealCurrent({ tx, bulletin }: BulletinDesk): Promise<void> {
  if (bulletin.currentRevisionId) await sealRevision(tx, bulletin.currentRevisionId)
}
