import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { root } from './run.ts'

export const iconFolder = join(root, 'public')

/** `full`: without the round corners, for systems that cut the shape themselves. */
const icons = {
  'icon-192.png': { size: 192, full: false },
  'icon-512.png': { size: 512, full: false },
  'icon-maskable-512.png': { size: 512, full: true },
  'apple-touch-icon.png': { size: 180, full: true },
}

/** The mark of the project as pictures, for systems that do not read SVG. */
export async function drawIcons(): Promise<[name: string, png: Buffer][]> {
  const mark = readFileSync(join(iconFolder, 'icon.svg'), 'utf8')
  return Promise.all(
    Object.entries(icons).map(async ([name, { size, full }]): Promise<[string, Buffer]> => {
      const drawn = full ? mark.replace('rx="8"', '') : mark
      const density = (72 * size) / 32
      return [name, await sharp(Buffer.from(drawn), { density }).resize(size, size).png().toBuffer()]
    }),
  )
}
