import type { Random } from '../random.ts'
import { blob, ellipse, line, path, polygon, rect } from './ink.ts'

const leaves = ['#4f7a45', '#5f8b50', '#6d9a5a', '#456b3d']

/** A street tree standing at the origin, trunk up. */
export function tree(random: Random, tall = 300, leaf = leaves): string {
  let parts = path(
    `M-13 0 Q-8 ${-tall * 0.3} -10 ${-tall * 0.62} L12 ${-tall * 0.62} Q8 ${-tall * 0.3} 15 0 Z`,
    '#6b5240',
  )
  parts +=
    line([-2, -tall * 0.55], [-60, -tall * 0.78], '#6b5240', 9) +
    line([4, -tall * 0.55], [62, -tall * 0.8], '#6b5240', 9)
  for (let i = 0; i < 13; i += 1) {
    parts += blob(
      random,
      [random.between(-95, 95), -tall * random.between(0.72, 1.08)],
      random.between(42, 66),
      random.between(34, 48),
      random.pick(leaf),
    )
  }
  return parts
}

/** The same tree on its side, root plate torn out, lying from the origin to the left. */
export function fallenTree(random: Random): string {
  let parts = ellipse(-230, 30, 330, 22, '#00000030')
  parts += path('M60 -6 Q-150 -34 -330 -46 L-334 -16 Q-150 6 64 34 Z', '#6b5240')
  parts += path('M40 -60 Q90 -30 92 10 Q86 56 46 66 Q30 30 34 0 Q30 -30 40 -60 Z', '#4d3a2d')
  for (let i = 0; i < 9; i += 1)
    parts += line(
      [70, random.between(-40, 50)],
      [random.between(95, 140), random.between(-70, 70)],
      '#4d3a2d',
      random.between(2, 5),
    )
  for (let i = 0; i < 24; i += 1) {
    parts += blob(
      random,
      [random.between(-520, -240), random.between(-120, 26)],
      random.between(34, 60),
      random.between(24, 42),
      random.pick(leaves),
    )
  }
  for (let i = 0; i < 7; i += 1)
    parts += line(
      [random.between(-330, -220), -30],
      [random.between(-470, -260), random.between(-140, 20)],
      '#6b5240',
      4,
    )
  for (let i = 0; i < 26; i += 1)
    parts += ellipse(random.between(-560, 40), random.between(20, 70), 5, 2.4, random.pick(leaves))
  return parts
}

export function stump(random: Random): string {
  let parts =
    ellipse(0, 6, 92, 20, '#00000030') + path('M-58 0 Q-52 -34 -46 -44 L46 -44 Q54 -30 62 0 Q0 18 -58 0 Z', '#6b5240')
  parts += ellipse(0, -44, 47, 15, '#d8b98c') + ellipse(0, -44, 32, 10, '#c7a473') + ellipse(0, -44, 15, 5, '#b08d5c')
  for (let i = 0; i < 40; i += 1) parts += ellipse(random.between(-120, 120), random.between(0, 22), 4, 2, '#d9c4a0')
  return parts
}

export function branches(random: Random, spread = 150): string {
  let parts = ellipse(0, 8, spread * 1.2, 22, '#00000030')
  for (let i = 0; i < 9; i += 1)
    parts += line(
      [random.between(-spread, spread), random.between(-20, 6)],
      [random.between(-spread, spread), random.between(-80, -10)],
      '#6b5240',
      random.between(4, 10),
    )
  for (let i = 0; i < 18; i += 1) {
    parts += blob(
      random,
      [random.between(-spread, spread), random.between(-74, 2)],
      random.between(26, 46),
      random.between(16, 28),
      random.pick(['#7a8a4a', '#8b9150', '#66803f', '#9a8f55']),
    )
  }
  return parts
}

export function rubbish(random: Random, spread = 150, bags = 13): string {
  const colours = ['#2f3336', '#3e6aa0', '#d9d4c7', '#b5483f', '#4f7a45', '#e3c04d', '#8a8f93']
  let parts = ellipse(0, 10, spread * 1.25, 24, '#00000030')
  for (let i = 0; i < bags; i += 1) {
    const [x, y] = [
      random.between(-spread, spread),
      random.between(-50, 6) - (1 - Math.abs(random.between(-1, 1))) * 18,
    ]
    const [w, h] = [random.between(26, 46), random.between(22, 36)]
    parts +=
      blob(random, [x, y], w, h, random.pick(colours)) +
      polygon(
        [
          [x - 5, y - h * 0.8],
          [x + 5, y - h * 0.8],
          [x + 9, y - h * 1.25],
          [x - 8, y - h * 1.2],
        ],
        '#00000055',
      )
    parts += blob(random, [x - w * 0.25, y - h * 0.3], w * 0.22, h * 0.2, '#ffffff', 'opacity="0.25"')
  }
  for (let i = 0; i < 22; i += 1)
    parts += rect(
      random.between(-spread * 1.4, spread * 1.4),
      random.between(4, 26),
      random.between(5, 14),
      random.between(3, 6),
      random.pick(colours),
    )
  return parts
}

export function rubble(random: Random, spread = 170): string {
  let parts = ellipse(0, 10, spread * 1.2, 24, '#00000033')
  parts += blob(random, [0, -24], spread, 56, '#b3a490') + blob(random, [-20, -66], spread * 0.62, 58, '#c3b49f')
  for (let i = 0; i < 44; i += 1) {
    const y = random.between(-104, 14)
    const half = spread * (1 - Math.max(0, -y) / 150)
    const [x, s] = [random.between(-half, half), random.between(10, 28)]
    parts += polygon(
      [
        [x, y],
        [x + s, y + random.between(-6, 4)],
        [x + s * 1.1, y + s * 0.5],
        [x + 2, y + s * 0.6],
      ],
      random.pick(['#a8553f', '#bd6a50', '#cbbfae', '#9d9282', '#d8cfc1']),
    )
  }
  return parts
}
