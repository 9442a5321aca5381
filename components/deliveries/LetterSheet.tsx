'use client'

import { Letterhead } from '#components/reports/report/Letterhead.tsx'
import { useMyself } from '#components/reports/report/use-report.ts'
import { useFormat } from '#components/ui/use-format.ts'
import type { Addressee } from '#server/deliveries/commands/address-letter.ts'
import type { Letter } from '#server/deliveries/queries/letter.ts'
import styles from './LetterSheet.module.css'

type Props = { letter: Letter; addressee: Addressee | null }

const blank = '…………………………………………'

/**
 * An official letter (công văn) as decree 30/2020/NĐ-CP requires. Always in Vietnamese, because it goes to citizens.
 */
export function LetterSheet({ letter, addressee }: Props) {
  const format = useFormat()
  const myself = useMyself()
  const { code, title, receivedAt, toldAt, agencyName, refusal, what, where, when, next } = letter
  const issuer = myself?.agency.name ?? ''
  const speaker = agencyName ?? issuer
  return (
    <article className={styles.sheet} lang="vi">
      <Letterhead issuer={issuer} superior={myself?.superior ?? null} code={code} at={new Date()} />
      <p className={styles.subject}>V/v {letter.subject}</p>
      <p className={styles.to}>
        <span>Kính gửi:</span>
        <span>
          Ông/Bà {addressee === null ? blank : (addressee.name ?? blank)}
          <br />
          Địa chỉ: {addressee === null ? blank : (addressee.address ?? blank)}
        </span>
      </p>
      <p>
        Ngày {format.date(receivedAt)}, hệ thống tiếp nhận, xử lý phản ánh, kiến nghị của Thành phố nhận được phản ánh
        của Ông/Bà về việc “{title}” (mã số {code}). {openingOf(letter, speaker, format.date(toldAt))}
      </p>
      {refusal && <p>Phản ánh nêu trên {refusal}.</p>}
      <p className={styles.words}>{what}</p>
      {where && <p>Địa điểm thực hiện: {where}</p>}
      {when && <p>Thời gian thực hiện: {when}</p>}
      {next && <p>Việc tiếp theo: {next}</p>}
      <p>{closingOf(letter)}</p>
      <p>Trân trọng./.</p>
      <footer className={styles.foot}>
        <div className={styles.copies}>
          <p>Nơi nhận:</p>
          <p>- Như trên;</p>
          <p>- Lưu: VT.</p>
        </div>
        <div className={styles.signature}>
          <p>THỦ TRƯỞNG ĐƠN VỊ</p>
          <p className={styles.sign}>(Ký, ghi rõ họ tên, đóng dấu)</p>
        </div>
      </footer>
    </article>
  )
}

function openingOf({ kind }: Letter, speaker: string, day: string): string {
  if (kind === 'question') return `Để có cơ sở xử lý, ${speaker} đề nghị Ông/Bà bổ sung thông tin sau:`
  if (kind === 'notice') return `${speaker} thông báo như sau:`
  return `Ngày ${day}, ${speaker} trả lời như sau:`
}

function closingOf({ kind, code }: Letter): string {
  if (kind === 'question') return `Đề nghị Ông/Bà gửi thông tin bổ sung về ${channelsOf(code)}`
  return `Nếu còn ý kiến, đề nghị Ông/Bà liên hệ ${channelsOf(code)}`
}

const channelsOf = (code: string): string => `Tổng đài 1022 hoặc nơi tiếp công dân, nêu mã số ${code}.`
