const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** Always count as a person's condition, except in names of institutions and campaigns. */
export const sureConditions = lines(`
  HIV
  AIDS
  nhiễm HIV
  nhiễm HIV/AIDS
  tâm thần
  tâm thần phân liệt
  thần kinh phân liệt
  bệnh tâm thần
  nghiện ma túy
  nghiện rượu
  nghiện ngập
  nghiện hút
  nghiện heroin
  nghiện ma tuý
  trầm cảm
  tự kỷ
  tự kỉ
  thiểu năng
  thiểu năng trí tuệ
  chậm phát triển trí tuệ
  bại não
  động kinh
  sa sút trí tuệ
  giang mai
  sùi mào gà
  rối loạn lưỡng cực
  rối loạn lo âu
  hoang tưởng
  tăng động
  hội chứng Down
`)

/** Count only after a person or after "has". */
export const conditions = lines(`
  ung thư
  ung bướu
  u não
  u xơ
  u nang
  bướu cổ
  di căn
  bạch cầu
  máu trắng
  máu khó đông
  tan máu bẩm sinh
  thiếu máu
  tiểu đường
  đái tháo đường
  cao huyết áp
  huyết áp cao
  tăng huyết áp
  huyết áp thấp
  mỡ máu
  đột quỵ
  đột quị
  tai biến
  tai biến mạch máu não
  xuất huyết não
  nhồi máu cơ tim
  nhồi máu não
  suy tim
  suy thận
  suy gan
  suy hô hấp
  suy giảm miễn dịch
  hở van tim
  bệnh tim
  bệnh thận
  bệnh gan
  bệnh phổi
  bệnh lao
  bệnh phong
  bệnh dại
  bệnh trĩ
  bệnh xã hội
  bệnh truyền nhiễm
  bệnh hiểm nghèo
  bệnh nan y
  bệnh máu
  bệnh não
  bệnh nền
  tim bẩm sinh
  rối loạn nhịp tim
  rối loạn tiền đình
  rối loạn tâm thần
  rối loạn giấc ngủ
  xơ gan
  sỏi thận
  sỏi mật
  gai cột sống
  chạy thận
  lọc máu
  hóa trị
  xạ trị
  ghép thận
  ghép gan
  lao phổi
  lao hạch
  lao kháng thuốc
  phổi tắc nghẽn
  hen suyễn
  hen phế quản
  viêm phổi
  viêm gan
  viêm não
  viêm màng não
  viêm xoang
  viêm họng
  viêm khớp
  viêm phế quản
  viêm tụy
  viêm ruột
  viêm ruột thừa
  viêm da
  viêm da cơ địa
  viêm đại tràng
  viêm dạ dày
  viêm loét dạ dày
  viêm thận
  viêm mũi dị ứng
  viêm tai giữa
  viêm cầu thận
  loét dạ dày
  đau dạ dày
  thoái hóa khớp
  thoái hóa cột sống
  thoái hóa đốt sống
  thoát vị đĩa đệm
  loãng xương
  gút
  gout
  lupus
  vảy nến
  đục thủy tinh thể
  thiên đầu thống
  sốt xuất huyết
  sốt rét
  thủy đậu
  quai bị
  tay chân miệng
  đậu mùa khỉ
  bạch hầu
  ho gà
  uốn ván
  tiêu chảy cấp
  thương hàn
  Covid
  Covid-19
  thần kinh
  mất trí
  mất trí nhớ
  đãng trí
  lú lẫn
  Alzheimer
  Parkinson
  Down
  bại liệt
  liệt nửa người
  liệt hai chân
  liệt tứ chi
  liệt giường
  câm điếc
  khiếm thính
  khiếm thị
  mù
  mù cả hai mắt
  mù hai mắt
  mù lòa
  điếc
  câm
  lẫn
  điên
  hen
  lao
  sởi
  cúm
  trĩ
  lậu
  phong
  dại
  vô sinh
  hiếm muộn
  sảy thai
  phá thai
  dị tật
  dị tật bẩm sinh
  khuyết tật
  khuyết tật vận động
`)

/** Words that may follow a condition: organ, type, severity. */
export const qualifiers: ReadonlySet<string> = new Set(
  `phổi gan vú dạ dày đại trực tràng máu xương da vòm họng cổ tử cung buồng trứng tuyến giáp tiền liệt tụy tuỵ thận thực
quản bàng quang não hạch lympho tinh hoàn lưỡi mật ruột già khớp tim mạn mãn tính cấp type tuýp típ tip thể bẩm sinh
kháng thuốc nặng nhẹ b c`.split(/\s+/),
)

/** Ambiguous alone: count only after a verb such as "has". */
export const needsVerb: ReadonlySet<string> = new Set(
  `hen lao sởi cúm trĩ lậu phong dại câm điên lẫn mù điếc gút gout down thần_kinh dị_tật khuyết_tật khuyết_tật_vận_động
bạch_hầu bệnh_nền thiếu_máu u_nang bệnh_dại phá_thai`.split(/\s+/),
)

/** Words before a condition that show that no person is meant. */
export const publicWords = lines(`
  bệnh viện
  viện
  khoa
  phòng khám
  trung tâm
  chuyên khoa
  hội
  ngành
  dịch
  ổ dịch
  dịch bệnh
  phòng chống
  phòng
  chống
  phòng ngừa
  ngăn ngừa
  tiêm
  tiêm phòng
  tiêm chủng
  vắc xin
  vắc-xin
  vacxin
  vaccine
  thuốc
  chữa
  chữa khỏi
  khỏi
  trị
  nguy cơ
  gây
  gây ra
  lây
  lây lan
  bùng phát
  lo
  lo mắc
  sợ
  sợ mắc
  sợ bị
  dễ mắc
  dễ bị
  có thể mắc
  nguy cơ mắc
  tránh
  tầm soát
  sàng lọc
  khám
  tuyên truyền
  chương trình
  dự án
  cho người
  dành cho người
  hỗ trợ người
  nghi
  tê
`)

/** Words that denote the person who has a condition. */
export const persons: ReadonlySet<string> = new Set(
  `tôi em mình cháu con mẹ má bố ba cha ông bà cụ anh chị cô chú bác cậu dì bé vợ chồng người bạn bệnh_nhân nạn_nhân
thằng nó tớ e hàng_xóm bn t`.split(/\s+/),
)
/** Words after which no single person is meant. */
export const generalAfter: ReadonlyMap<string, readonly string[]> = new Map([
  ['người', ['dân', 'ta', 'già', 'cao', 'đi', 'khuyết', 'nghèo', 'lớn']],
  ['bà', ['con']],
  ['anh', ['em']],
  ['chị', ['em']],
  ['con', ['người', 'đường', 'phố', 'ngõ', 'hẻm', 'mương', 'chó', 'mèo', 'cái']],
])
export const generalBefore: ReadonlyMap<string, readonly string[]> = new Map([
  ['người', ['mọi', 'nhiều', 'con', 'số', 'bao']],
  ['con', ['trẻ', 'bà']],
])

export const verbs: ReadonlySet<string> = new Set('bị mắc nhiễm bệnh có dính phát'.split(' '))
