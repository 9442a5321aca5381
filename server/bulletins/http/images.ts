import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { and, eq, isNotNull, or } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { files } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { mayUse, type Permission } from '#server/accounts/rules/permissions.ts'
import { refusePhoto, withPhoto } from '#server/endpoints/photos.ts'
import type { Visit } from '#server/endpoints/request.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { type ImageWidth, imageWidths } from '#server/platform/rules/photo.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { storePhoto } from '#server/reports/commands/store-photo.ts'
import { isPreviewTakenDown, previewedBulletin } from '../commands/make-preview.ts'
import { previewImageFile, publicImageFile, type ShownImage } from '../queries/public-images.ts'
import { sizedImage } from '../sized-image.ts'

/** Where staff upload and view the images of bulletins: `POST`, and `GET <fileId>/<thumb|public>`. */
const imagesPath = '/api/bulletins/images'
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const staffAddress = new RegExp(`^${imagesPath}/(${uuid})/(thumb|public)$`)
const publicAddress = new RegExp(
  `^/ban-tin/(?:xem-truoc/([\\w-]{1,64})/)?anh/(${uuid})/(${imageWidths.join('|')})\\.jpg$`,
)

export async function handleBulletinImages(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
  store: FileStore = fileStore(),
): Promise<boolean> {
  const path = (req.url ?? '').split('?', 1)[0] as string
  if (path !== imagesPath && !path.startsWith(`${imagesPath}/`)) return false
  try {
    const address = staffAddress.exec(path)
    if (path === imagesPath && req.method === 'POST') {
      const actor = signedIn(context, 'bulletins.write')
      const stored = await withPhoto(req, actor.id, (bytes) =>
        storePhoto({ ...context, actor }, 'bulletin_image', bytes, store),
      )
      res
        .writeHead(201, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(stored))
    } else if (address && isReading(req)) {
      const actor = signedIn(context, 'bulletins.read')
      const [file] = await context.db
        .select()
        .from(files)
        .where(
          and(
            eq(files.id, address[1] as string),
            eq(files.purpose, 'bulletin_image'),
            or(isNotNull(files.attachedAt), actor.id === null ? undefined : eq(files.ownerId, actor.id)),
          ),
        )
      if (!file) throw new DomainError('not_found')
      const key = address[2] === 'thumb' ? file.thumbKey : file.publicKey
      await send(req, res, store, key, { etag: `"${file.id}-${address[2]}"`, 'cache-control': 'private, no-cache' })
    } else throw new DomainError('not_found')
  } catch (error) {
    refusePhoto(res, error, context)
  }
  return true
}

/** Serves the images of published bulletins, and under a secret address those of its preview. No other file. */
export async function handlePublicImages(
  req: IncomingMessage,
  res: ServerResponse,
  { db, now }: Pick<Visit, 'db' | 'now'>,
  store: FileStore = fileStore(),
): Promise<boolean> {
  const [address, token, fileId = '', size] = publicAddress.exec((req.url ?? '').split('?', 1)[0] as string) ?? []
  if (!address || !isReading(req)) return false
  const width = Number(size) as ImageWidth
  const shown = token ? await previewedImage(db, token, fileId, now()) : await publicImageFile(db, fileId)
  const key = shown && shown !== 'gone' ? await sizedImage(store, shown, width).catch(unlessBusy) : null
  if (key === busy) {
    res.writeHead(503, { 'retry-after': '5', 'cache-control': 'no-store' }).end()
    return true
  }
  if (!key) {
    const status = shown === 'gone' ? 410 : 404
    const cache = token ? 'no-store' : 'public, max-age=60'
    res.writeHead(status, { 'cache-control': cache, 'content-type': 'text/plain' }).end()
    return true
  }
  // The bulletin may be taken down at any minute: a cache revalidates as often as for its page.
  const cache = token ? 'private, no-store' : 'public, max-age=60, stale-while-revalidate=30'
  await send(req, res, store, key, { etag: `"${fileId}-${width}"`, 'cache-control': cache })
  return true
}

/** An image of what a secret address shows, as long as the address is active. */
async function previewedImage(
  db: Database,
  token: string,
  fileId: string,
  at: Date,
): Promise<ShownImage | 'gone' | null> {
  if (await isPreviewTakenDown(db, token)) return 'gone'
  const bulletinId = await previewedBulletin(db, token, at)
  return bulletinId ? previewImageFile(db, bulletinId, fileId) : null
}

const busy = Symbol('busy')

function unlessBusy(error: unknown): typeof busy {
  if (error instanceof DomainError && error.code === 'uploads_busy') return busy
  throw error
}

async function send(
  req: IncomingMessage,
  res: ServerResponse,
  store: FileStore,
  key: string,
  headers: { etag: string; 'cache-control': string },
): Promise<void> {
  const safe = { ...headers, 'content-security-policy': "default-src 'none'" }
  if (req.headers['if-none-match'] === headers.etag) {
    res.writeHead(304, safe).end()
    return
  }
  const file = await store.read(key)
  if (!file) throw new DomainError('not_found')
  res.writeHead(200, { ...safe, 'content-type': 'image/jpeg', 'content-length': file.bytes })
  if (req.method === 'HEAD') {
    file.stream.destroy()
    res.end()
  } else await pipeline(file.stream, res)
}

function signedIn(context: RequestContext, permission: Permission): Actor {
  if (!context.session) throw new DomainError(context.sessionRefusal ?? 'signed_out')
  const { actor } = context.session
  if (!mayUse(actor, permission)) throw new DomainError('forbidden')
  return actor
}

const isReading = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'
