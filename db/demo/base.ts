import type { Transaction } from '#db/client.ts'
import { writeHanoi } from '#db/hanoi.ts'
import * as schema from '#db/schema/index.ts'
import { answerTemplates } from './answer-templates.ts'
import type { World } from './world.ts'

const batch = 500

/** Writes what the reports stand on: calendars, agencies, areas, categories, incidents, accounts, photos, templates. */
export async function writeBase(
  db: Transaction,
  world: World,
  files: (typeof schema.files.$inferInsert)[],
): Promise<void> {
  await writeHanoi(db)
  await db.insert(schema.incidents).values(incidentsOf(world))
  await inBatches(world.staff.accounts, (rows) => db.insert(schema.accounts).values(rows))
  await inBatches(world.staff.roles, (rows) => db.insert(schema.accountRoles).values(rows))
  await db.insert(schema.files).values(files)
  await db.insert(schema.answerTemplates).values(answerTemplates)
}

function incidentsOf({ incidents }: World): (typeof schema.incidents.$inferInsert)[] {
  return [
    {
      id: incidents.yagi.id,
      name: 'Bão số 3 – Yagi',
      kind: 'storm',
      startsAt: incidents.yagi.startsAt,
      endsAt: incidents.yagi.endsAt,
      leadAgencyId: 'bch-pctt',
      stormMode: false,
      note: 'Bão mạnh đổ bộ chiều tối 07/9/2024; mưa lớn, cây đổ và ngập úng trên toàn thành phố.',
    },
    {
      id: incidents.rain.id,
      name: 'Mưa lớn, ngập úng diện rộng',
      kind: 'flood',
      startsAt: incidents.rain.startsAt,
      endsAt: incidents.rain.endsAt,
      leadAgencyId: 'thoat-nuoc',
      stormMode: incidents.rain.stormMode,
      note: 'Mưa lớn kéo dài; các đơn vị trực ngày đêm đối với phản ánh khẩn.',
    },
  ]
}

async function inBatches<T>(rows: readonly T[], write: (rows: T[]) => PromiseLike<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += batch) await write(rows.slice(at, at + batch))
}
