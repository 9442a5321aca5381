import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { colours } from '#components/ui/tokens.ts'
import { messagesOf } from '#messages/catalog.ts'
import { config } from '../proxy.ts'
import { drawIcons, iconFolder } from './icons.ts'

type Manifest = Record<string, unknown> & { icons: { src: string; sizes: string; type: string }[] }
const textOf = (name: string) => readFileSync(join(iconFolder, name), 'utf8')
const manifest: Manifest = JSON.parse(textOf('manifest.webmanifest'))

test('every icon is the mark: run node scripts/draw-icons.ts after changing icon.svg', async () => {
  for (const [name, drawn] of await drawIcons()) {
    const pixels = (png: Buffer | string) => sharp(png).ensureAlpha().raw().toBuffer()
    expect((await pixels(join(iconFolder, name))).equals(await pixels(drawn)), name).toBe(true)
  }
})

test('the manifest names the desk as its pages do, in its colours, and icons that exist in their sizes', async () => {
  const { name, description } = messagesOf('vi').common.product
  expect(manifest).toMatchObject({ name, description, lang: 'vi' })
  expect(manifest).toMatchObject({ background_color: colours.light.bg, theme_color: colours.light.paper })
  for (const { src, sizes, type } of manifest.icons) {
    const { width, height, format } = await sharp(join(iconFolder, src)).metadata()
    expect([src, type]).toEqual([src, format === 'svg' ? 'image/svg+xml' : 'image/png'])
    if (sizes !== 'any') expect([src, sizes]).toEqual([src, `${width}x${height}`])
  }
})

test('crawlers may read the bulletins and their feeds, and nothing else', () => {
  const rules = textOf('robots.txt')
    .split('\n')
    .flatMap((line) => line.match(/^(Allow|Disallow): (.*)$/)?.slice(1, 3) ?? [])
  const pairs = Array.from({ length: rules.length / 2 }, (_, at) => rules.slice(2 * at, 2 * at + 2))
  const mayRead = (path: string) =>
    pairs
      .filter(([, prefix = '']) => path.startsWith(prefix))
      .sort(([, a = ''], [, b = '']) => b.length - a.length)[0]?.[0]
  for (const path of ['/ban-tin/lu', '/en/ban-tin', '/ban-tin/anh/x', '/feeds/bulletins.atom'])
    expect([path, mayRead(path)]).toEqual([path, 'Allow'])
  for (const path of ['/', '/reports', '/phan-anh/x', '/sign-in', '/api/docs'])
    expect([path, mayRead(path)]).toEqual([path, 'Disallow'])
})

test('a file in public/ is served without a policy of pages, and none is there twice', () => {
  const files = globSync('**/*', { cwd: iconFolder, withFileTypes: true }).filter((entry) => entry.isFile())
  const names = [...files.map(({ name }) => name), ...globSync('.well-known/*', { cwd: iconFolder })]
  expect(names).toContain('.well-known/security.txt')
  const pages = new RegExp(`^${config.matcher[0]?.source}$`)
  for (const name of names) {
    expect([name, pages.test(`/${name}`)]).toEqual([name, false])
    expect([name, existsSync(join(iconFolder, '../app', name))]).toEqual([name, false])
  }
  expect(pages.test('/reports')).toBe(true)
})
