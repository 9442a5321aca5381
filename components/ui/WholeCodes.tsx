import styles from './WholeCodes.module.css'

const code = /([A-Z]+-\d+-\d+)/

/** A text whose codes (HN-240907-0113) do not wrap at their hyphens, and are copied unchanged. */
export function WholeCodes({ children }: { children: string }) {
  return children.split(code).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, which change together
      <span key={at} className={styles.code}>
        {part}
      </span>
    ),
  )
}
