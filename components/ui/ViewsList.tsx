import styles from './ViewsList.module.css'

export type ViewItem<Id extends string> = {
  id: Id
  name: string
  href: string
  /** `page`: the shown view; `true`: shown, but filtered. */
  current: 'page' | 'true' | undefined
  /** Lateness has its colour; its word is in the name. */
  tone: 'late' | 'soon' | undefined
  count: string | null
  hint?: string | undefined
}

type Props<Id extends string> = { views: readonly ViewItem<Id>[]; onView: (view: Id) => void }

/** The views of a list at its side, each with its count: links that change the list in place. */
export function ViewsList<Id extends string>({ views, onView }: Props<Id>) {
  return (
    <ul className={styles.list}>
      {views.map(({ id, name, href, current, tone, count, hint }) => (
        <li key={id}>
          <a
            className={styles.view}
            href={href}
            aria-current={current}
            title={hint}
            data-tone={tone}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return
              event.preventDefault()
              onView(id)
            }}
          >
            <span className={styles.name}>{name}</span>
            {count !== null && <span className={styles.count}>{count}</span>}
          </a>
        </li>
      ))}
    </ul>
  )
}
