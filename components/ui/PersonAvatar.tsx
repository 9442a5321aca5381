import styles from './PersonAvatar.module.css'

type Props = {
  name: string
  size?: 20 | 24 | 28 | 40
  /** Where the name is not beside it, the avatar announces it. */
  alone?: boolean
}

/** First letters of the family and of the given name, as Vietnamese names are written: Nguyễn Thị Lan → NL. */
export function initialsOf(name: string): string {
  const words = name.normalize('NFC').trim().split(/\s+/)
  const [first = '', last = ''] = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return [first, last]
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase('vi')
}

export function PersonAvatar({ name, size = 24, alone = false }: Props) {
  const style = { width: size, height: size, fontSize: Math.round(size * 0.42) }
  if (!alone) {
    return <span className={styles.avatar} style={style} data-initials={initialsOf(name)} aria-hidden="true" />
  }
  return (
    <span
      className={styles.avatar}
      style={style}
      data-initials={initialsOf(name)}
      role="img"
      aria-label={name}
      title={name}
    />
  )
}
