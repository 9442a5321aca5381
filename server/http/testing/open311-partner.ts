import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import type { Database } from '#db/client.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { reports } from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'

export const words = 'Cây xà cừ đổ chắn ngang phố Lò Đúc, mn k đi được ạ.'
/** As macOS and some phones send it: decomposed. */
export const decomposed = words.normalize('NFD')
export const place = { lat: '21.0145', long: '105.8556', address_string: '73 phố Lò Đúc' }

export async function partner(db: Database, wanted: Parameters<typeof buildApiClient>[1] = {}) {
  await buildCity(db)
  const [category, client] = [await buildCategory(db, { keywords: ['cây', 'đổ'] }), await buildApiClient(db, wanted)]
  const sent = { service_code: category.code, description: decomposed, ...place }
  const reportsOf = () =>
    db
      .select()
      .from(reports)
      .where(eq(reports.source, sourceOf(client.id)))
  return { ...client, category, sent, reportsOf }
}

export const photoOf = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: '#5a7d5a' } })
    .withExif({ IFD0: { Copyright: 'Nguyễn Thị Lan' }, IFD3: { GPSLatitude: '21/1 0/1 0/1' } })
    .jpeg()
    .toBuffer()

export function formWith(fields: Record<string, string>, ...photos: Uint8Array[]): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const photo of photos) form.append('media', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'ảnh.jpg')
  return form
}
