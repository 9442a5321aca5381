import { describe, expect, test } from 'vitest'
import { fixed } from '#db/factories/outcomes.ts'
import { type CitizenSource, citizenView } from './citizen-view.ts'
import { reportStates } from './lifecycle.ts'

const at = new Date('2026-11-20T03:00:00Z')

function source(rest: Partial<CitizenSource> = {}): CitizenSource {
  return {
    code: 'HN-261120-0001',
    state: 'in_progress',
    mergedInto: null,
    title: 'Cây đổ',
    body: 'Cây đổ chắn lối đi',
    address: '12 Lò Đúc',
    receivedAt: at,
    transferCount: 0,
    agencyName: 'UBND phường Hai Bà Trưng',
    rejectReason: null,
    rating: null,
    answers: [],
    messages: [],
    photos: [],
    ...rest,
  }
}

const answer = (rest: Partial<CitizenSource['answers'][number]> = {}): CitizenSource['answers'][number] => ({
  kind: 'answer',
  agencyName: 'Công ty Cây xanh',
  what: 'Đã cắt dọn cây',
  where: '12 Lò Đúc',
  when: '20/11/2026',
  ...fixed,
  next: 'Trồng cây mới',
  sentAt: at,
  photoIds: [],
  ...rest,
})

describe('the state shown to the citizen', () => {
  test.each([
    ['awaiting_intake', {}, 'awaiting_intake'],
    ['awaiting_acceptance', {}, 'awaiting_handling'],
    ['awaiting_acceptance', { transferCount: 1 }, 'forwarded'],
    ['in_progress', {}, 'in_progress'],
    ['in_progress', { transferCount: 1 }, 'in_progress'],
    ['awaiting_citizen', {}, 'in_progress'],
    ['awaiting_approval', {}, 'in_progress'],
    ['answered', { answers: [answer()] }, 'handled'],
    ['answered', { answers: [answer({ sentAt: null })] }, 'in_progress'],
    ['closed', { answers: [answer()] }, 'handled'],
    ['rejected', { rejectReason: 'spam' }, 'refused'],
    [
      'rejected',
      { rejectReason: 'out_of_scope', answers: [answer({ kind: 'rejection', sentAt: null })] },
      'awaiting_intake',
    ],
    ['rejected', { rejectReason: 'out_of_scope', answers: [answer({ kind: 'rejection' })] }, 'refused'],
    ['merged', { mergedInto: { code: 'HN-1', state: 'closed', rejectReason: null } }, 'handled'],
    ['merged', { mergedInto: { code: 'HN-1', state: 'awaiting_acceptance', rejectReason: null } }, 'awaiting_handling'],
    ['merged', { mergedInto: { code: 'HN-1', state: 'rejected', rejectReason: 'out_of_scope' } }, 'awaiting_intake'],
    ['merged', { mergedInto: { code: 'HN-1', state: 'rejected', rejectReason: 'spam' } }, 'refused'],
  ] as const)('of %s with %o is %s', (state, rest, expected) => {
    expect(citizenView(source({ state, ...rest })).state).toBe(expected)
  })
})

test('an answer is shown once it was sent, with its proof photos and no others', () => {
  const view = citizenView(
    source({
      state: 'answered',
      answers: [answer({ photoIds: ['f2'] }), answer({ what: 'Bản chưa gửi', sentAt: null, photoIds: ['f2', 'f3'] })],
      photos: [
        { fileId: 'f1', kind: 'citizen' },
        { fileId: 'f2', kind: 'proof' },
        { fileId: 'f3', kind: 'proof' },
        { fileId: 'f4', kind: 'staff' },
      ],
    }),
  )
  expect(view.answers).toEqual([expect.objectContaining({ what: 'Đã cắt dọn cây', photoIds: ['f2'] })])
  expect(view.photoIds).toEqual(['f1'])
  expect(JSON.stringify(view)).not.toMatch(/Bản chưa gửi|f3|f4/)
})

test('no internal data is in the citizen view, in any state', () => {
  // A source with all fields of the report: nothing else that the report knows may get through.
  const secret = 'NỘI BỘ'
  const fat = {
    ...source({ rejectReason: 'out_of_scope', messages: [{ kind: 'question', body: 'Ở đâu ạ?', at }] }),
    notes: [{ body: secret }],
    assignee: { name: secret },
    tags: [secret],
    reporter: { phone: secret },
    pendingRequests: [{ reason: secret }],
    timeline: [{ words: { text: secret } }],
    answers: [
      { ...answer(), remarks: secret, authorName: secret, reviewerName: secret },
      { ...answer({ what: secret, sentAt: null }) },
    ],
    messages: [{ kind: 'question' as const, body: 'Ở đâu ạ?', at, authorName: secret }],
    photos: [{ fileId: 'f1', kind: 'citizen' as const, addedBy: secret }],
    mergedInto: { code: 'HN-1', state: 'in_progress' as const, rejectReason: null, title: secret },
  }
  for (const state of reportStates) expect(JSON.stringify(citizenView({ ...fat, state }))).not.toContain(secret)
})

test('while a question is open the citizen sees that a reply is expected', () => {
  const messages = [{ kind: 'question' as const, body: 'Ở đâu ạ?', at }]
  expect(citizenView(source({ state: 'awaiting_citizen', messages }))).toMatchObject({
    waitsForCitizen: true,
    exchange: [{ kind: 'question', body: 'Ở đâu ạ?' }],
  })
})

test('the reporter of a report merged into a rejected one reads why, in the words sent to the other reporter', () => {
  const mergedInto = { code: 'HN-1', state: 'rejected' as const, rejectReason: 'out_of_scope' as const }
  const answers = [answer({ kind: 'rejection', what: 'Việc này thuộc tỉnh bạn' })]
  expect(citizenView(source({ state: 'merged', mergedInto, answers }))).toMatchObject({
    state: 'refused',
    refusal: { reason: 'out_of_scope', words: 'Việc này thuộc tỉnh bạn' },
  })
})
