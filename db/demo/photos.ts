import sharp from 'sharp'
import { buildingMotifs } from './photos/buildings.ts'
import { greenMotifs } from './photos/green.ts'
import { develop, height, type Light, width } from './photos/ink.ts'
import type { Motif } from './photos/motif.ts'
import { poleMotifs } from './photos/poles.ts'
import { roadLifeMotifs } from './photos/road-life.ts'
import { surfaceMotifs } from './photos/road-surface.ts'
import { waterMotifs } from './photos/water.ts'
import { Random } from './random.ts'

export type DemoPhoto = {
  /** The motif a scene names, then a number: `pothole-1`, `pothole-2`. */
  name: string
  families: string[]
  stage: 'before' | 'after'
  jpeg: Buffer
  width: number
  height: number
}

export const motifs: readonly Motif[] = [
  ...surfaceMotifs,
  ...roadLifeMotifs,
  ...greenMotifs,
  ...waterMotifs,
  ...poleMotifs,
  ...buildingMotifs,
]

type Plate = Pick<DemoPhoto, 'name' | 'families' | 'stage'> & { svg: string }

/** Every picture of the demo city as a drawing: each motif in each of its lights, then after the repair. */
export function platesOf(list: readonly Motif[]): Plate[] {
  return list.flatMap((motif) => {
    const { name, families, lights } = motif
    const plate = (stage: Plate['stage'], number: number, light: Light, draw: Motif['before']): Plate => {
      const sketch = { random: new Random(`photo/${name}/${stage}/${number}`), light }
      return { name: `${name}-${number}`, families, stage, svg: develop(sketch, draw(sketch)) }
    }
    const before = lights.map((light, i) => plate('before', i + 1, light, motif.before))
    const lit = name === 'dark-street' ? 'night' : 'day'
    return motif.after ? [...before, plate('after', 1, lit, motif.after)] : before
  })
}

/** Draws all pictures: a few dozen, with the same bytes each time. */
export async function drawPhotos(): Promise<DemoPhoto[]> {
  const grain = { input: grainOf(new Random('photo/grain')), raw: { width, height, channels: 4 as const } }
  return Promise.all(
    platesOf(motifs).map(async ({ svg, ...plate }) => {
      const jpeg = await sharp(Buffer.from(svg)).composite([grain]).flatten().jpeg({ quality: 78 }).toBuffer()
      return { ...plate, jpeg, width, height }
    }),
  )
}

/** Fine noise, so that flat paint looks like a picture at the size of a thumbnail. */
function grainOf(random: Random): Buffer {
  const pixels = Buffer.alloc(width * height * 4)
  for (let at = 0; at < pixels.length; at += 4) {
    const noise = random.float()
    pixels.fill(noise > 0.5 ? 255 : 0, at, at + 3)
    pixels[at + 3] = Math.abs(noise - 0.5) * 20
  }
  return pixels
}
