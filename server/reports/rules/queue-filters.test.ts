import { expect, test } from 'vitest'
import { readTyped, type Vocabulary } from '#server/platform/rules/filters/typed.ts'
import { thingsOf } from './filter-things.ts'
import { openStates } from './lifecycle.ts'
import { type QueueFilters, queueFilters } from './queue-filters.ts'

const lan = '00000000-0000-4000-8000-000000000001'
const yagi = '00000000-0000-4000-8000-000000000002'
const trees = { groupCode: 'CX', groupName: 'Cây xanh - công viên', groupNameEn: 'Trees and parks' }
const things = thingsOf({
  agencies: [
    { id: 'ubnd-x-00070', name: 'Ủy ban nhân dân phường Hoàn Kiếm', shortName: 'UBND P. Hoàn Kiếm' },
    { id: 'cvcx', name: 'Công ty TNHH MTV Công viên Cây xanh Hà Nội', shortName: 'CVCX' },
  ],
  areas: [
    { id: 7, name: 'Phường Hoàn Kiếm', shortName: 'P. Hoàn Kiếm' },
    { id: 8, name: 'Phường Cửa Nam', shortName: 'P. Cửa Nam' },
  ],
  categories: [
    { code: 'CX-01', name: 'Cây đổ, cành gãy', nameEn: 'Fallen trees', ...trees },
    { code: 'CX-02', name: 'Cây nguy hiểm', nameEn: 'Dangerous trees', ...trees },
  ],
  incidents: [{ id: yagi, name: 'Bão số 3 – Yagi', nameEn: 'Typhoon No. 3 – Yagi' }],
  colleagues: [{ id: lan, name: 'Nguyễn Thị Lan' }],
})
const vocabulary: Vocabulary = { things, today: '2026-09-10' }

test.each<[string, string, Partial<QueueFilters>]>([
  ['ngập status:overdue', 'ngập', { deadlines: ['overdue'] }],
  ['trạng-thái:"Đang xử lý" cây đổ', 'cây đổ', { states: ['in_progress'] }],
  ['tt:chờ_tiếp_nhận,từ_chối', '', { states: ['awaiting_intake', 'rejected'] }],
  ['status:open', '', { states: openStates }],
  ['agency:hoankiem', '', { agencies: ['ubnd-x-00070'] }],
  ['đơnvị:CVCX', '', { agencies: ['cvcx'] }],
  ['cat:"Cây xanh"', '', { categories: ['CX'] }],
  ['cat:tree', '', { categories: ['CX'] }],
  ['lĩnh-vực:cx-02', '', { categories: ['CX-02'] }],
  ['area:"Cửa Nam"', '', { areas: [8] }],
  ['phường:hoàn-kiếm', '', { areas: [7] }],
  ['received:2026-09-01..2026-09-07', '', { received: { from: '2026-09-01', to: '2026-09-07' } }],
  ['ngày:01/09/2026..7/9/2026', '', { received: { from: '2026-09-01', to: '2026-09-07' } }],
  ['ngày:hôm-nay', '', { received: { from: '2026-09-10', to: '2026-09-10' } }],
  ['received:7d', '', { received: { from: '2026-09-04', to: '2026-09-10' } }],
  ['hạn:..2026-09-07', '', { due: { from: null, to: '2026-09-07' } }],
  ['hẹn:2026-09-07', '', { planned: { from: '2026-09-07', to: '2026-09-07' } }],
  ['assignee:me', '', { assignee: 'me' }],
  ['cán-bộ:chưa', '', { assignee: 'none' }],
  ['assignee:lan', '', { assignee: lan }],
  ['has:photo', '', { photo: true }],
  ['-có:ảnh', '', { photo: false }],
  ['tag:yagi -tag:test nhãn:"sau bão"', '', { tags: ['yagi', '-test', 'sau bão'] }],
  ['severity:khẩn mức-độ:urgent', '', { severities: ['urgent'] }],
  ['kênh:hotline', '', { channels: ['hotline'] }],
  ['sự-kiện:yagi', '', { incident: yagi }],
])('%s', (text, words, filters) => expect(readTyped(queueFilters, text, vocabulary)).toEqual({ words, filters }))

test.each([
  'lúc 8:30 ngập',
  'agency:khongco',
  'http://a.vn/b',
  'status:',
  'area:x',
  'ghi chú: cây đổ',
  '-area:hoankiem',
])('“%s” stays among the words', (text) =>
  expect(readTyped(queueFilters, text, vocabulary)).toEqual({ words: text, filters: {} }),
)

test('decomposed text is read like composed text', () => {
  expect(readTyped(queueFilters, 'trạng-thái:"Đã xử lý"'.normalize('NFD'), vocabulary).filters).toEqual({
    states: ['answered'],
  })
})
