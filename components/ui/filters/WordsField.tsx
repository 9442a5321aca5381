import { Search } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { TextInput } from '#components/ui/TextInput.tsx'
import styles from './WordsField.module.css'

type Props = { label: string; words: string; most: number; onChange: (words: string) => void }

/** The search box of a list. It searches when Enter is pressed or the box is left. */
export function WordsField({ label, words, most, onChange }: Props) {
  const [text, setText] = useState(words)
  useEffect(() => setText(words), [words])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onChange(text.trim())
  }
  return (
    <form className={styles.search} onSubmit={submit}>
      <TextInput
        type="search"
        icon={<Search size={15} aria-hidden="true" />}
        className={styles.words ?? ''}
        value={text}
        maxLength={most}
        placeholder={label}
        aria-label={label}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => text.trim() !== words && onChange(text.trim())}
      />
    </form>
  )
}
