import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { formIn } from '#server/endpoints/form.ts'
import { refusePhoto, withPhoto } from '#server/endpoints/photos.ts'
import { admit, beginDownload } from '#server/endpoints/refusal.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { type PhotoCopy, photoCopies } from '#server/platform/rules/photo.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { storePhoto } from './commands/store-photo.ts'
import { takeOriginal } from './commands/take-original.ts'
import { visiblePhoto } from './queries/photos.ts'

/**
 * Uploads and downloads of photos: `POST /api/photos`, `GET /api/photos/<fileId>/<thumb|public>`, and with a reason
 * `POST /api/photos/<fileId>/original`.
 */
export const photosPath = '/api/photos'

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const copyAddress = new RegExp(`^${photosPath}/(${uuid})/(${photoCopies.join('|')})$`)
const originalAddress = new RegExp(`^${photosPath}/(${uuid})/original$`)
/** The maximum size of the form in bytes: room for an encoded reason. */
const mostInForm = 4096

/**
 * The endpoint for photos. The server has already refused foreign origins. The body of an upload is the photo itself; a
 * refusal is a code in JSON, translated by the screen.
 */
export async function handlePhotos(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
  store: FileStore = fileStore(),
): Promise<boolean> {
  const path = (req.url ?? '').split('?', 1)[0] as string
  if (path !== photosPath && !path.startsWith(`${photosPath}/`)) return false
  try {
    const [, copied, variant] = copyAddress.exec(path) ?? []
    const [, original] = originalAddress.exec(path) ?? []
    if (path === photosPath && req.method === 'POST') await takeIn(req, res, context, store)
    else if (copied && (req.method === 'GET' || req.method === 'HEAD')) {
      await hand(req, res, context, store, copied, variant as PhotoCopy)
    } else if (original && req.method === 'POST') await handOriginal(req, res, context, store, original)
    else throw new DomainError('not_found')
  } catch (error) {
    refusePhoto(res, error, context)
  }
  return true
}

async function takeIn(req: IncomingMessage, res: ServerResponse, context: RequestContext, store: FileStore) {
  const { actor } = signedIn(context, 'reports.handle')
  const stored = await withPhoto(req, actor.id, (bytes) =>
    storePhoto({ ...context, actor }, 'report_photo', bytes, store),
  )
  res.writeHead(201, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(stored))
}

async function hand(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
  store: FileStore,
  fileId: string,
  variant: PhotoCopy,
) {
  const { actor } = signedIn(context, 'reports.read')
  const photo = await visiblePhoto({ db: context.db, actor }, fileId)
  // The content of a photo never changes, but who may see it can: a cached copy must be revalidated.
  const tag = `"${fileId}-${variant}"`
  const headers = { etag: tag, 'cache-control': 'private, no-cache', 'content-security-policy': "default-src 'none'" }
  if (req.headers['if-none-match'] === tag) {
    res.writeHead(304, headers).end()
    return
  }
  const file = await store.read(photo[variant])
  if (!file) throw new DomainError('not_found')
  res.writeHead(200, {
    ...headers,
    'content-type': 'image/jpeg',
    'content-length': file.bytes,
    'content-disposition': 'inline',
  })
  if (req.method === 'HEAD') {
    file.stream.destroy()
    res.end()
    return
  }
  await pipeline(file.stream, res)
}

/**
 * The original contains personal data of its sender: each download requires a reason, and browsers must not cache it.
 */
async function handOriginal(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
  store: FileStore,
  fileId: string,
) {
  const ctx = admit(context, 'reporters.reveal')
  const reason = (await formIn(req, mostInForm)).get('reason') ?? ''
  const { key, mime } = await takeOriginal(ctx, context.session?.id ?? null, { fileId, reason })
  const file = await store.read(key)
  if (!file) throw new DomainError('not_found')
  beginDownload(res, { name: fileId, type: mime, headers: { 'content-length': file.bytes } })
  await pipeline(file.stream, res)
}

function signedIn(context: RequestContext, permission: 'reports.handle' | 'reports.read') {
  if (!context.session) throw new DomainError(context.sessionRefusal ?? 'signed_out')
  if (!mayUse(context.session.actor, permission)) throw new DomainError('forbidden')
  return context.session
}
