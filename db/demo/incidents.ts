import type * as schema from '#db/schema/index.ts'
import { changesFromNothing } from '#server/events/rules/changes.ts'
import { Random } from './random.ts'
import { uuidAt } from './uuid.ts'
import type { Storm, World } from './world.ts'

type Incident = typeof schema.incidents.$inferInsert
type Event = typeof schema.events.$inferInsert
type Note = typeof schema.incidentNotes.$inferInsert

const minuteMillis = 60_000
const hourMillis = 60 * minuteMillis
const hanoi = (local: string): Date => new Date(`${local}:00+07:00`)

/** When the desk closed the storm: its last clean-up was handed over. */
const yagiClosedAt = hanoi('2024-09-13T16:30')

export function incidentsOf({ incidents: { yagi, rain } }: World): Incident[] {
  return [
    {
      ...yagi.matcher,
      id: yagi.id,
      name: 'Bão số 3 – Yagi',
      nameEn: 'Typhoon No. 3 – Yagi',
      kind: 'storm',
      startsAt: yagi.startsAt,
      endsAt: yagi.endsAt,
      closedAt: yagiClosedAt,
      leadAgencyId: 'bch-pctt',
      stormMode: false,
      note: 'Bão mạnh đổ bộ chiều tối 07/9/2024; mưa lớn, cây đổ và ngập úng trên toàn thành phố.',
      version: 4,
    },
    {
      ...rain.matcher,
      id: rain.id,
      name: 'Mưa lớn, ngập úng diện rộng',
      nameEn: 'Heavy rain, widespread flooding',
      kind: 'flood',
      startsAt: rain.startsAt,
      endsAt: rain.endsAt,
      leadAgencyId: 'thoat-nuoc',
      stormMode: rain.stormMode,
      note: 'Mưa lớn kéo dài; các đơn vị trực ngày đêm đối với phản ánh khẩn.',
      version: 2,
    },
  ]
}

/** Notes of the desk by time: local times during the storm, or hours from the beginning of the rain. */
const yagiNotes: [local: string, words: string][] = [
  [
    '2024-09-06T10:15',
    'Họp trực tuyến với Ban Chỉ huy phòng chống thiên tai và các quận, huyện: trực 24/24 giờ từ 12:00 hôm nay.',
  ],
  [
    '2024-09-07T13:40',
    'Gió mạnh dần. Đề nghị tổng đài 1022 tăng gấp đôi ca trực, ưu tiên chuyển ngay phản ánh cây đổ và cứu hộ.',
  ],
  [
    '2024-09-07T20:50',
    'Bão vào nội thành. Thứ tự xử lý: cây đè người, nhà; cây chắn đường cấp cứu; dây điện đứt; còn lại.',
  ],
  [
    '2024-09-08T06:30',
    'Phân năm tổ dọn cây theo khu vực, có quân đội và công an hỗ trợ. Công ty Cây xanh báo tiến độ hai giờ một lần.',
  ],
  ['2024-09-09T09:10', 'Chuyển trọng tâm sang ngập úng và mực nước sông Hồng. Cập nhật điểm ngập ba giờ một lần.'],
  [
    '2024-09-10T21:05',
    'Nước sông Hồng lên nhanh: phản ánh cần sơ tán ở vùng bãi chuyển thẳng cho lực lượng cứu nạn, cứu hộ, không qua phân công.',
  ],
  ['2024-09-11T17:20', 'Nước sông bắt đầu xuống. Rà lại từng phản ánh còn mở trước khi tắt chế độ ứng phó.'],
]
const rainNotes: [hours: number, words: string][] = [
  [2.5, 'Công ty Thoát nước vận hành hết công suất trạm bơm Yên Sở, trực tại 11 điểm ngập chính.'],
  [
    19,
    'Đề nghị các phường rà lại ngõ trũng, báo điểm ngập mới trước 14:00. Phản ánh chưa gắn sự kiện xem ở thẻ “Phản ánh gợi ý”.',
  ],
  [44, 'Mưa ngớt ở nội thành, còn lớn ở phía tây. Giữ chế độ ứng phó thêm một ngày.'],
]

/** The log of each incident: opened, emergency mode on and off, closed, and the notes in between. */
export function incidentHistories(world: World): { events: Event[]; notes: Note[] } {
  const { yagi, rain } = world.incidents
  const [lead = '', second = lead] = world.staff.dispatchers
  const rows = incidentsOf(world)
  const created = (storm: Storm) => {
    const { id: _, version: __, closedAt: ___, ...fields } = rows.find(({ id }) => id === storm.id) as Incident
    return changesFromNothing({ ...fields, areaIds: [], stormMode: false })
  }
  const event = (storm: Storm, at: Date, name: string, version: number, details: Record<string, unknown>): Event => ({
    at,
    recordedAt: null,
    event: `incident.${name}`,
    subjectKind: 'incident',
    subjectId: storm.id,
    actorKind: 'staff',
    actorId: lead,
    version,
    details,
  })
  const mode = { name: rows[0]?.name }
  const events = [
    event(yagi, hanoi('2024-09-06T07:30'), 'created', 1, created(yagi)),
    event(yagi, hanoi('2024-09-06T12:00'), 'storm_mode_on', 2, mode),
    event(yagi, hanoi('2024-09-12T00:00'), 'storm_mode_off', 3, mode),
    event(yagi, yagiClosedAt, 'closed', 4, {
      remarks: 'Phản ánh của đợt bão đã được phân công và xử lý hết; việc dọn cây còn lại theo kế hoạch riêng.',
    }),
    event(rain, rain.startsAt, 'created', 1, created(rain)),
    event(rain, new Date(rain.startsAt.getTime() + 12 * minuteMillis), 'storm_mode_on', 2, { name: rows[1]?.name }),
  ]
  const random = new Random(`${world.seed}/incident-notes`)
  const note = (storm: Storm, at: Date, body: string, authorId: string): Note => ({
    id: uuidAt(random.fork(body), at),
    incidentId: storm.id,
    authorId,
    body,
    createdAt: at,
  })
  const notes = [
    ...yagiNotes.map(([local, body], i) => note(yagi, hanoi(local), body, i % 2 === 0 ? lead : second)),
    ...rainNotes.map(([hours, body], i) =>
      note(rain, new Date(rain.startsAt.getTime() + hours * hourMillis), body, i % 2 === 0 ? second : lead),
    ),
  ].filter(({ createdAt }) => createdAt <= world.today)
  return { events, notes: notes }
}
