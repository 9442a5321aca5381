import { hash } from '@node-rs/argon2'
import type * as schema from '#db/schema/index.ts'
import type { Role } from '#server/accounts/rules/actor.ts'
import { demoFactorUsername } from '#server/accounts/rules/demo-accounts.ts'
import { fold, givenNameOf } from '#server/platform/rules/text.ts'
import { type CityAgency, rootAgencyId } from './city.ts'
import { drawPerson, drawPosition } from './people.ts'
import { Random } from './random.ts'
import { uuidAt } from './uuid.ts'

export const demoPassword = 'chamketnoi-2024'

type Account = typeof schema.accounts.$inferInsert & { id: string; username: string; name: string; agencyId: string }
type RoleRow = typeof schema.accountRoles.$inferInsert

export type Staff = {
  accounts: Account[]
  roles: RoleRow[]
  dispatchers: string[]
  officersOf: ReadonlyMap<string, string[]>
  approversOf: ReadonlyMap<string, string[]>
}

type Opening = {
  username: string
  agencyId: string
  roles: Role[]
  over?: string
  position: string
  name?: string
  isActive?: boolean
}

/** The ward and the company whose accounts are on the sign-in page. */
export const shownCommune = '00070'
export const shownAgencies = { ward: `ubnd-x-${shownCommune}`, company: 'cvcx' }

/** The accounts of the sign-in page, each in a fitting agency. */
const shown: Opening[] = [
  {
    username: 'dieuphoi',
    agencyId: 'tt-pvhcc',
    roles: ['dispatcher'],
    over: rootAgencyId,
    position: 'Chuyên viên điều phối',
    name: 'Nguyễn Thị Lan',
  },
  {
    username: 'canbo.hoankiem',
    agencyId: shownAgencies.ward,
    roles: ['officer'],
    position: 'Chuyên viên Phòng Kinh tế, Hạ tầng và Đô thị',
    name: 'Trần Mạnh Hùng',
  },
  {
    username: 'lanhdao.hoankiem',
    agencyId: shownAgencies.ward,
    roles: ['approver'],
    position: 'Phó Chủ tịch UBND phường',
    name: 'Phạm Thu Hà',
  },
  {
    username: 'canbo.cayxanh',
    agencyId: shownAgencies.company,
    roles: ['officer'],
    position: 'Kỹ sư điều hành',
    name: 'Lê Văn Sơn',
  },
  {
    username: 'lanhdao.tp',
    agencyId: rootAgencyId,
    roles: ['manager'],
    position: 'Phó Chánh Văn phòng',
    name: 'Hoàng Thị Mai',
  },
  {
    username: 'bientap',
    agencyId: 'vp-ubnd',
    roles: ['editor'],
    over: rootAgencyId,
    position: 'Biên tập viên',
    name: 'Vũ Minh Đức',
  },
  {
    username: 'tongbientap',
    agencyId: 'vp-ubnd',
    roles: ['chief_editor', 'urgent_publisher'],
    over: rootAgencyId,
    position: 'Trưởng Ban Biên tập',
    name: 'Đỗ Quang Vinh',
  },
  {
    username: 'quantri',
    agencyId: 'tt-htpt',
    roles: ['admin'],
    over: rootAgencyId,
    position: 'Quản trị hệ thống',
    name: 'Bùi Tuấn Anh',
  },
  {
    username: 'kiemtra',
    agencyId: 'thanh-tra-tp',
    roles: ['auditor'],
    over: rootAgencyId,
    position: 'Thanh tra viên',
    name: 'Ngô Thị Bích',
  },
  {
    username: demoFactorUsername,
    agencyId: 'tt-htpt',
    roles: ['admin'],
    over: rootAgencyId,
    position: 'Quản trị hệ thống',
    name: 'Vũ Hải Yến',
  },
]

const newsroomOpening = (username: string, role: Role, position: string): Opening => ({
  username,
  agencyId: 'vp-ubnd',
  roles: [role],
  over: rootAgencyId,
  position,
})

/** Colleagues of the editor and the chief editor, because a bulletin must be approved by a second person. */
const newsroom: Opening[] = [
  newsroomOpening('bientap2', 'editor', 'Biên tập viên'),
  newsroomOpening('bientap3', 'editor', 'Biên tập viên'),
  newsroomOpening('tongbientap2', 'chief_editor', 'Phó Trưởng Ban Biên tập'),
]
/** The accounts that write and approve the bulletins. */
export const newsroomUsernames = {
  editors: ['bientap', 'bientap2', 'bientap3'],
  chiefs: ['tongbientap', 'tongbientap2'],
} as const

/**
 * The accounts of every agency: those of the sign-in page, colleagues beside them, and for ended agencies people who no
 * longer sign in.
 */
export async function cityStaff(seed: string, agencies: readonly CityAgency[], today: Date): Promise<Staff> {
  const passwordHash = await hash(demoPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  const staff = {
    accounts: [] as Account[],
    roles: [] as RoleRow[],
    dispatchers: [] as string[],
    officersOf: new Map<string, string[]>(),
    approversOf: new Map<string, string[]>(),
  }
  const random = new Random(`${seed}/staff`)
  const open = (opening: Opening) => {
    const own = random.fork(opening.username)
    const name = opening.name ?? drawPerson(own).name
    const id = uuidAt(own, new Date('2024-06-01T08:00:00+07:00'))
    staff.accounts.push({
      id,
      username: opening.username,
      name,
      givenName: givenNameOf(name),
      position: opening.position,
      email: `${opening.username}@example.com`,
      agencyId: opening.agencyId,
      passwordHash: opening.isActive === false ? null : passwordHash,
      isActive: opening.isActive ?? true,
      createdAt: new Date('2024-06-01T08:00:00+07:00'),
    })
    for (const role of opening.roles) {
      staff.roles.push({ accountId: id, role, agencyId: opening.over ?? opening.agencyId })
      const over = role === 'officer' ? staff.officersOf : role === 'approver' ? staff.approversOf : null
      if (over) over.set(opening.agencyId, [...(over.get(opening.agencyId) ?? []), id])
      if (role === 'dispatcher') staff.dispatchers.push(id)
    }
  }
  for (const opening of shown) open(opening)
  for (let i = 2; i <= 5; i += 1) {
    open({
      username: `dieuphoi${i}`,
      agencyId: 'tt-pvhcc',
      roles: ['dispatcher'],
      over: rootAgencyId,
      position: 'Chuyên viên điều phối',
    })
  }
  for (const opening of newsroom) open(opening)
  const taken = new Set(staff.accounts.map(({ username }) => username))
  for (const agency of agencies) {
    if (agency.id === rootAgencyId) continue
    for (const opening of postsOf(random.fork(`posts/${agency.id}`), agency, today, taken)) open(opening)
  }
  return staff
}

const named = new Map([
  [shownAgencies.company, 'cayxanh'],
  [shownAgencies.ward, 'hoankiem'],
])

function postsOf(random: Random, agency: CityAgency, today: Date, taken: Set<string>): Opening[] {
  const slug = named.get(agency.id) ?? slugOf(agency)
  const isActive = agency.validTo === null || new Date(`${agency.validTo}T23:59:59+07:00`) >= today
  const officers = agency.kind === 'ubnd_xa' ? random.int(2, 3) : random.int(3, 5)
  const names = [
    ...Array.from({ length: officers }, (_, i) => ({
      username: `canbo${i === 0 ? '' : i + 1}.${slug}`,
      role: 'officer' as const,
    })),
    { username: `lanhdao.${slug}`, role: 'approver' as const },
  ]
  return names
    .filter(({ username }) => !taken.has(username))
    .map(({ username, role }) => ({
      username,
      agencyId: agency.id,
      roles: [role],
      position: drawPosition(random, agency.kind, role),
      isActive,
    }))
}

/** "hoankiem" for today's communes, "h.hoankiem" for the districts before them, the agency's own id elsewhere. */
function slugOf(agency: CityAgency): string {
  const place = fold(agency.shortName.replace(/^UBND /, '')).replace(/[^a-z]/g, '')
  if (agency.kind === 'ubnd_xa') return place
  if (agency.kind === 'ubnd_huyen') return `h.${place}`
  return agency.id
}
