import { near, street, surface } from './backdrops.ts'
import { barrier, cone } from './fixtures.ts'
import { blob, type Drawing, ellipse, line, path, polygon, rect, type Sketch } from './ink.ts'
import type { Motif } from './motif.ts'
import { motorbike, person, worker } from './traffic.ts'

const hole = ({ random }: Sketch, x: number, y: number, size: number, wet: boolean): string =>
  blob(random, [x, y], size * 1.12, size * 0.46, '#57595b') +
  blob(random, [x, y + 4], size, size * 0.4, '#3b3733') +
  blob(random, [x, y + size * 0.08], size * 0.84, size * 0.3, wet ? '#8c8a7c' : '#5a4c3f') +
  (wet
    ? blob(random, [x - size * 0.2, y], size * 0.4, size * 0.07, '#c9d2d4', 'opacity="0.7"')
    : Array.from({ length: 16 }, () =>
        ellipse(x + random.between(-size, size) * 0.8, y + random.between(-0.2, 0.3) * size, 5, 3, '#8d857a'),
      ).join(''))

const potholes = (sketch: Sketch): Drawing => {
  const wet = sketch.light === 'rain'
  const holes = hole(sketch, 430, 500, 190, wet) + hole(sketch, 760, 380, 90, wet) + hole(sketch, 180, 340, 70, wet)
  return { scene: surface(sketch) + holes + near(motorbike(), 700, 300, 0.7) }
}

const patched = (sketch: Sketch): Drawing => {
  const patch = (x: number, y: number, w: number, h: number) =>
    polygon(
      [
        [x + h * 0.3, y],
        [x + w, y],
        [x + w + h * 0.35, y + h],
        [x - h * 0.2, y + h],
      ],
      '#3f4143',
    ) +
    polygon(
      [
        [x + h * 0.3, y],
        [x + w, y],
        [x + w + 3, y + 5],
        [x + h * 0.3 - 3, y + 5],
      ],
      '#2f3133',
    )
  return {
    scene:
      surface(sketch) +
      patch(270, 430, 340, 130) +
      patch(700, 350, 150, 56) +
      patch(130, 320, 120, 44) +
      near(cone(), 240, 470, 1.2) +
      near(worker(), 820, 330, 1.1),
  }
}

const subsidence = (sketch: Sketch): Drawing => {
  const { random } = sketch
  const edge =
    blob(random, [480, 500], 260, 112, '#4b4a48') +
    blob(random, [480, 508], 240, 98, '#2a2522') +
    blob(random, [490, 530], 190, 62, '#15110f')
  const cracks = [-1, 1, 0.4, -0.5]
    .map((side) =>
      path(
        `M${480 + side * 230} ${500} l${side * 60} ${20} l${side * 40} -18 l${side * 70} 26`,
        'none',
        'stroke="#47494b" stroke-width="5"',
      ),
    )
    .join('')
  return {
    scene:
      surface(sketch) +
      cracks +
      edge +
      near(barrier(200), 300, 400, 1.1) +
      near(barrier(180), 690, 392, 1) +
      near(cone(), 180, 560, 1.4) +
      near(cone(), 800, 580, 1.5),
  }
}

const roadWorks = (sketch: Sketch): Drawing => {
  const { random } = sketch
  const trench =
    polygon(
      [
        [200, 600],
        [760, 590],
        [820, 640],
        [160, 656],
      ],
      '#4a3b2e',
    ) +
    polygon(
      [
        [230, 610],
        [740, 602],
        [770, 628],
        [206, 640],
      ],
      '#33271d',
    )
  const heap = blob(random, [330, 560], 150, 56, '#8a6b4c') + blob(random, [360, 534], 90, 40, '#9c7b58')
  return {
    scene:
      street(sketch) +
      heap +
      trench +
      near(barrier(), 640, 596) +
      near(barrier(), 830, 610) +
      near(worker(), 560, 600, 1.1) +
      near(cone(), 140, 680, 1.2) +
      near(cone(), 850, 700, 1.3),
  }
}

const relaid = (sketch: Sketch): Drawing => ({
  scene:
    street(sketch) +
    polygon(
      [
        [160, 596],
        [800, 590],
        [850, 646],
        [120, 654],
      ],
      '#46484a',
    ) +
    near(motorbike('#3d5a78'), 560, 700, 1.2) +
    near(person('#d8cfc1'), 240, 520, 0.9),
})

const crossing =
  (fresh: boolean) =>
  (sketch: Sketch): Drawing => {
    let stripes = ''
    for (let i = 0; i < 9; i += 1) {
      const x = 90 + i * 90
      stripes += polygon(
        [
          [x + 20, 330],
          [x + 64, 330],
          [x + 70, 600],
          [x - 14, 600],
        ],
        '#eceae2',
        `opacity="${fresh ? 0.95 : 0.16 + (i % 3) * 0.06}"`,
      )
    }
    return {
      scene:
        surface(sketch) +
        stripes +
        near(person('#e6e0d0', false), 250, 330, 1.1) +
        near(person('#c98b2d', false), 300, 326, 0.8),
    }
  }

const paving =
  (whole: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    let tiles = rect(0, 228, 960, 500, '#857b6b')
    for (let row = 0; row < 8; row += 1) {
      const [y, h] = [234 + row * row * 6 + row * 26, 24 + row * 12]
      for (let column = -6; column < 14; column += 1) {
        const w = 62 + row * 14
        const x = 480 + (column - 4) * w
        const broken = !whole && row > 2 && row < 7 && column > 1 && column < 6 && random.chance(0.72)
        if (broken && random.chance(0.55)) continue
        const shift = broken ? random.between(-9, 9) : 0
        tiles += near(
          rect(0, 0, w - 4, h - 3, random.pick(['#b9ab95', '#b1a28b', '#c2b49e', '#a89a84'])),
          x + shift,
          y + shift,
          1,
          broken ? random.between(-14, 14) : 0,
        )
      }
    }
    return {
      scene:
        surface(sketch) +
        tiles +
        (whole ? near(person('#3e6aa0'), 700, 330, 1.3) : near(person('#d8cfc1', false), 160, 330, 1.25)),
    }
  }

const manhole =
  (covered: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    const frame = ellipse(480, 500, 190, 76, '#55585a') + ellipse(480, 500, 168, 66, covered ? '#6c6f71' : '#17120f')
    let lid = ''
    if (covered)
      for (let i = -6; i <= 6; i += 1)
        lid += line(
          [480 + i * 24, 500 - Math.sqrt(36 - i * i) * 9.5],
          [480 + i * 24, 500 + Math.sqrt(36 - i * i) * 9.5],
          '#575a5c',
          5,
        )
    const warning = covered
      ? ''
      : line([470, 520], [400, 270], '#6b5240', 9) +
        line([430, 380], [520, 300], '#6b5240', 6) +
        blob(random, [400, 260], 52, 36, '#5f8b50') +
        blob(random, [520, 296], 40, 28, '#6d9a5a') +
        rect(384, 330, 46, 30, '#c0342c')
    return {
      scene:
        surface(sketch) +
        frame +
        lid +
        (covered ? '' : ellipse(480, 488, 150, 44, '#241c17')) +
        warning +
        near(motorbike('#33566b'), 790, 320, 0.8),
    }
  }

const burst =
  (fixed: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    if (fixed)
      return {
        scene: `${street(sketch)}${polygon(
          [
            [380, 592],
            [600, 592],
            [630, 646],
            [350, 646],
          ],
          '#46484a',
        )}${near(worker(), 690, 600, 1)}${near(cone(), 330, 650, 1.1)}`,
      }
    let jet = ''
    for (let i = 0; i < 26; i += 1) {
      const [dx, tall] = [random.between(-90, 90), random.between(180, 330)]
      jet += path(
        `M480 610 Q${480 + dx * 0.4} ${610 - tall} ${480 + dx * 1.5} ${640}`,
        'none',
        'stroke="#e8f3f8" stroke-width="5" opacity="0.5"',
      )
    }
    return {
      scene:
        street(sketch) +
        blob(random, [480, 650], 430, 60, '#9cb4bf', 'opacity="0.85"') +
        blob(random, [480, 616], 70, 20, '#4a3b2e') +
        jet +
        near(person('#a8553f'), 180, 530, 0.95),
    }
  }

export const surfaceMotifs: Motif[] = [
  { name: 'pothole', families: ['GT-01'], lights: ['day', 'rain'], before: potholes, after: patched },
  { name: 'subsidence', families: ['GT-01', 'TN-03'], lights: ['overcast'], before: subsidence, after: patched },
  { name: 'crossing', families: ['GT-02'], lights: ['day'], before: crossing(false), after: crossing(true) },
  {
    name: 'broken-pavement',
    families: ['DT-05'],
    lights: ['day'],
    before: paving(false),
    after: paving(true),
  },
  { name: 'manhole', families: ['TN-03'], lights: ['overcast'], before: manhole(false), after: manhole(true) },
  { name: 'road-works', families: ['GT-05'], lights: ['day', 'night'], before: roadWorks, after: relaid },
  { name: 'burst-pipe', families: ['DN-04'], lights: ['day'], before: burst(false), after: burst(true) },
]
