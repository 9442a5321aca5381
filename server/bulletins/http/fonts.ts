import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'

const folder = join(import.meta.dirname, '../../../node_modules/@fontsource/be-vietnam-pro/files')
const address = /^\/ban-tin\/chu(\/be-vietnam-pro-(?:vietnamese|latin)-(?:400-normal|600-normal|400-italic)\.woff2)$/
const week = 7 * 86_400

const serve = sirv(folder, { etag: true, maxAge: week, extensions: [] })

/** The fonts of the public pages and of the maps, which do not know the files that Next builds. */
export function handleFonts(req: IncomingMessage, res: ServerResponse): boolean {
  const [, file] = address.exec((req.url ?? '').split('?', 1)[0] as string) ?? []
  if (!file) return false
  req.url = file
  serve(req, res, () => void res.writeHead(404).end())
  return true
}
