import { alley, countryside, near, street, waterside } from './backdrops.ts'
import { cone } from './fixtures.ts'
import { rubbish } from './heaps.ts'
import { blob, type Drawing, ellipse, path, polygon, rect, type Sketch } from './ink.ts'
import type { Motif } from './motif.ts'
import { car, motorbike, person, worker } from './traffic.ts'

const flooded = (sketch: Sketch): Drawing => {
  const { random } = sketch
  const level = random.int(505, 530)
  let water =
    rect(0, level, 960, 720 - level, '#8b8470', 'opacity="0.9"') + rect(0, level, 960, 10, '#c9c7b8', 'opacity="0.5"')
  for (let i = 0; i < 40; i += 1)
    water += ellipse(
      random.between(0, 960),
      random.between(level + 10, 710),
      random.between(30, 120),
      random.between(1.5, 4),
      random.chance(0.5) ? '#bdb9a6' : '#6f6a58',
      'opacity="0.5"',
    )
  const half = (thing: string, x: number, y: number, scale: number) => near(thing, x, y, scale)
  const things =
    half(car('#c9ccd0'), 250, level + 62, 1.05) +
    half(motorbike('#8c2f39'), 640, level + 56, 1.15) +
    half(person('#3e6aa0'), 720, level + 70, 1.25) +
    half(person('#c98b2d'), 470, level + 50, 1.1)
  const veil = rect(0, level + 34, 960, 720 - level, '#8b8470', 'opacity="0.78"')
  const rings = [250, 640, 720, 470]
    .map((x, i) => ellipse(x, level + 36 + (i % 2) * 8, 90, 8, '#d5d2c2', 'opacity="0.4"'))
    .join('')
  return { scene: street(sketch) + water + things + veil + rings }
}

const drained = (sketch: Sketch): Drawing => {
  const { random } = sketch
  let wet = ''
  for (let i = 0; i < 7; i += 1)
    wet += blob(
      random,
      [random.between(60, 900), random.between(590, 690)],
      random.between(60, 130),
      random.between(8, 16),
      '#8e9aa2',
      'opacity="0.6"',
    )
  return {
    scene:
      street(sketch) +
      wet +
      near(worker(), 300, 590, 1.05) +
      near(worker(), 370, 596, 1.05) +
      near(cone(), 440, 640, 1.1) +
      near(motorbike('#3d5a78'), 740, 680, 1.1),
  }
}

const drain =
  (clear: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    const gutter = polygon(
      [
        [120, 720],
        [420, 372],
        [452, 372],
        [330, 720],
      ],
      clear ? '#5d6468' : '#3a382f',
    )
    if (clear)
      return {
        scene: `${alley(sketch)}${gutter}${[0, 1, 2, 3]
          .map((i) =>
            polygon(
              [
                [150 + i * 70, 690 - i * 82],
                [300 + i * 40, 690 - i * 82],
                [308 + i * 38, 650 - i * 76],
                [180 + i * 66, 650 - i * 76],
              ],
              '#a5a199',
            ),
          )
          .join('')}${near(person('#5d7a63'), 640, 600, 1.25)}`,
      }
    return {
      scene:
        alley(sketch) +
        gutter +
        blob(random, [420, 640], 330, 76, '#33322b', 'opacity="0.93"') +
        blob(random, [500, 520], 150, 34, '#3d3b32', 'opacity="0.9"') +
        near(rubbish(random, 60, 6), 260, 620, 0.8) +
        ellipse(420, 640, 90, 8, '#77745f', 'opacity="0.6"') +
        near(person('#a8553f', false), 700, 560, 1.15),
    }
  }

const foul =
  (clean: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    let scene = waterside(sketch, clean ? ['#5f7f86', '#8fb0b5'] : ['#2c2d28', '#4d4f44'])
    if (!clean) {
      scene +=
        rect(700, 300, 120, 60, '#9d978a') +
        ellipse(760, 336, 34, 24, '#1d1b18') +
        path('M736 344 Q700 420 640 470 L800 470 Q790 400 786 344 Z', '#57452f', 'opacity="0.85"') +
        blob(random, [700, 500], 170, 46, '#5f4d35', 'opacity="0.7"')
      for (let i = 0; i < 17; i += 1)
        scene += near(
          ellipse(0, 0, 24, 8, '#d5d8d6') +
            polygon(
              [
                [20, 0],
                [36, -9],
                [36, 9],
              ],
              '#c2c6c4',
            ) +
            ellipse(-13, -2, 2, 2, '#444'),
          random.between(60, 900),
          random.between(400, 690),
          random.between(0.6, 1.3),
          random.between(-40, 40),
        )
      scene += near(rubbish(random, 70, 6), 180, 640, 0.8)
    }
    return {
      scene:
        scene +
        polygon(
          [
            [0, 720],
            [0, 660],
            [360, 700],
            [420, 720],
          ],
          '#8f887a',
        ) +
        near(person('#5d7a63'), 120, 690, 1.2),
    }
  }

const dyke =
  (held: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    let scene = waterside(sketch, ['#8c6f4d', '#a78a64'])
    scene +=
      polygon(
        [
          [0, 470],
          [960, 560],
          [960, 720],
          [0, 720],
        ],
        '#7f9a55',
      ) +
      polygon(
        [
          [0, 455],
          [960, 545],
          [960, 566],
          [0, 478],
        ],
        '#b5ab94',
      )
    if (held) {
      for (let i = 0; i < 30; i += 1)
        scene += blob(
          random,
          [330 + (i % 10) * 40, 500 + Math.floor(i / 10) * 26 + (i % 10) * 4],
          25,
          14,
          random.pick(['#c9b88a', '#bda979', '#d6c79c']),
        )
      return { scene: scene + near(worker(), 240, 500, 1) + near(worker(), 780, 560, 1) }
    }
    scene +=
      path('M420 500 Q480 520 470 600 L640 720 L720 720 Q700 600 620 520 Z', '#6f5638') +
      path('M430 500 Q500 540 500 610', 'none', 'stroke="#4a3823" stroke-width="7"')
    return { scene: scene + near(person('#a8553f'), 230, 500, 1) + near(person('#3e6aa0'), 290, 506, 1) }
  }

const canal =
  (clear: boolean) =>
  (sketch: Sketch): Drawing => {
    const { random } = sketch
    let scene =
      countryside(sketch) +
      polygon(
        [
          [150, 340],
          [190, 340],
          [520, 720],
          [60, 720],
        ],
        clear ? '#7f9ba3' : '#6b6f55',
      )
    if (!clear)
      for (let i = 0; i < 90; i += 1) {
        const y = 350 + random.float() ** 0.8 * 360
        const half = 20 + ((y - 340) / 380) * 210
        scene += blob(
          random,
          [170 + ((y - 340) / 380) * 120 + random.between(-half, half) * 0.85, y],
          6 + (y - 340) * 0.07,
          3 + (y - 340) * 0.035,
          random.pick(['#5f8b3d', '#729e4a', '#4f7a35']),
        )
      }
    return { scene: scene + near(clear ? worker() : person('#7d4a7c'), 600, 560, 1.15) }
  }

export const waterMotifs: Motif[] = [
  {
    name: 'flood',
    families: ['TN-01', 'TL-02', 'TL-03'],
    lights: ['rain', 'overcast', 'dusk'],
    before: flooded,
    after: drained,
  },
  {
    name: 'drain',
    families: ['TN-02', 'YT-03'],
    lights: ['day'],
    before: drain(false),
    after: drain(true),
  },
  { name: 'dirty-river', families: ['MT-04'], lights: ['overcast'], before: foul(false), after: foul(true) },
  { name: 'dyke', families: ['TL-01'], lights: ['rain'], before: dyke(false), after: dyke(true) },
  { name: 'canal', families: ['NN-02'], lights: ['day'], before: canal(false), after: canal(true) },
]
