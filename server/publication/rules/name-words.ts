import { fold } from '#server/platform/rules/text.ts'

const listOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))
const phrasesOf = (phrases: string): ReadonlySet<string> => new Set(phrases.trim().split(/\s*,\s*/))

/** Words before a person's name. */
export const titles = listOf(
  'ông bà anh chị cô chú bác cháu em cụ dì cậu mợ thím thầy bạn bé chồng vợ mẹ bố con sư hộ thằng lão mụ gã sếp ngài',
)
export const foldedTitles: ReadonlySet<string> = new Set([...titles].map(fold))
/** Those after which a single name is believed where it has neither capital nor diacritics. */
export const plainTitles = listOf('ong ba anh chi co chu bac chau thay')

/** Occupations and relations, folded: between a title and the name, or alone before a name. */
export const roles = listOf(
  `giao vien giao chu nhiem bao ve to truong thon pho ban bi thu hang xom hieu giam doc cong an can bo si bac luat su
  ky su lai xe tai xe chu nha quan tich lai y ta duong trung dai uy thuong ta thieu dong chi hoc sinh sinh vien lao cong
  truong phong khu vuc nguoi dan trai gai ut ca dau re lon nho ho nha tro toi minh bi can tu phap dia chinh van thu`,
)

/** The first words of two-word roles that stand before a name without a title. */
export const roleBeforeName =
  /(?:^|[^a-z])(?:bac si|giam doc|to truong|truong thon|chu tich|can bo|hieu truong|luat su|ky su|giao vien|lai xe|tai xe|truong phong|thuong uy|dai uy|trung uy|thieu uy|trung ta|thuong ta|dai ta|thieu ta|dong chi|doi tuong|nghi pham|cong dan|chu ho|nan nhan|benh nhan|nguoi benh|nguoi nhan|chu tai khoan|nguoi dai dien|dai dien|nguoi viet|nguoi gui|nguoi lam don|nguoi goi|nguoi phan anh)\s*(?:la\s*|ten\s*|:\s*|-\s*)*$/

export const surnames = listOf(
  `nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh doan luong mai cao lam luu phung
  truong ta dao ha chu quach nghiem thai tu to kieu vuong la au mac luc bach khuc khuat tong giap thach ninh cu lo
  phuong cung han quan dau vi nong ma trieu hua kim chau dam lai van mau than diep ung ong tieu lu dien moc giang
  thieu bien ung sam ngac ngu nham phi hau uong chung vien nhu bang khong ton`,
)

/** Surnames that are also frequent words where they stand without a capital. */
export const commonSurnames = listOf(
  `ho le do mai ly vo ha to cao la luu mac lam chu ta dao tu thai kim van ninh cu lo ma vi lai than ong phi chung bang
  khong ton han quan dau nong giang bien vien nhu luc kieu`,
)

export const middleNames = listOf(
  `van thi duc minh dinh huu xuan quoc ngoc thanh quang the cong trong manh gia anh thu hong kim bich phuong hoai thuy
  lan tuan hoang nhat ba dang tien van trung duy viet hai khanh bao thai my dieu`,
)
/** After `thi` and the like a second middle name may follow. */
export const secondMiddleNames = listOf('thanh minh thu hong ngoc kim bich phuong hoai thuy lan my dieu hai khanh bao')

/** Given names that are recognised without a capital where the text has diacritics. */
export const givenNames = listOf(
  `hoa hoà hòa hải tuấn hùng dũng hương hường huệ hồng hạnh hằng hà hiền hiếu hoàng huy huyền khánh kiên lan linh liên
  loan long lâm lộc mai minh my nam nga ngọc nguyệt nhung oanh phong phúc phương phượng quang quân quyên quỳnh sơn tâm
  thành thanh thảo thắng thịnh thoa thơm thúy thuý thủy thuỷ tiến toàn trang trinh trung tú tùng tuyết
  vinh việt vân yến đức dung duyên dương cường cúc chiến bình bích anh ánh hân hậu hưng khoa kim lê
  lý mạnh mùi nụ sen sửu tý tèo thìn thoan thuỳ thùy toản toán tuyên vượng xuân
  xuyến điệp giang giáp hoan hoàn huân khôi kiều luyến lương nghĩa ngân nhân nhi ninh phú phước quế   tân thái thạch thiện thọ thuần thư tiệp trâm trí trúc uyên vương đoan `,
)
/** Those that are frequent words once their diacritics are gone, after a title. */
const ambiguousWithoutMarks = listOf(
  `hang hong nam thu tu sau bay tam ut anh hai minh le ly mai ninh dong dinh bao hop loi tan tai them the toan tinh tri vui
  huong tien binh thanh phu my lan dung long sang quy sen cuong ho kim ti ty dao do doan doi lam hoan hau ha kien mien
  mui thoan thuan huan tuyen nhan nghia phong trung truong thai vuong viet quang thanh thach thu tho quan khoa hung`,
)
export const bareGivenNames: ReadonlySet<string> = new Set(
  [...givenNames].map(fold).filter((name) => !ambiguousWithoutMarks.has(name)),
)
export const foldedGivenNames: ReadonlySet<string> = new Set([...givenNames].map(fold))

/** What begins with a capital after a title and is no name. */
export const notNames = listOf(
  `phường quận sở ủy uỷ ubnd csgt hđnd bql pccc tp xã huyện đội phòng bộ ban tổ chủ giám bí trưởng phó hiệu đảng hội cty
  facebook fb zalo google vneid youtube tiktok khu chung nhà đường phố ngõ ngách cccd sđt cmnd stk ngân giáo hỗ khách
  hàng bệnh cục tòa toà viện tập dự chợ chùa mn`,
)
/** What is also a name: refused where the next word makes it an office or a place. */
export const officePhrases =
  /^(?:cong (?:an|ty|chuc|nhan|trinh|dan|vien|doan|chung)|thanh (?:pho|tra|nien|xuan)|canh sat|chi (?:cuc|nhanh|bo|hoi)|dai (?:hoc|su|ly)|quan ly|ha noi|ha dong|trung tam|truong (?:phong|thon|ban|mam|tieu|thpt|thcs|cap)|viet (?:nam|kieu)|hang (?:xom|khong|quan)|giao (?:duc|thong|vien)|thi truong|hoa binh|tay ho)(?: |$)/

/** Names of streets, temples and figures that sound like persons with a title. */
export const famousTitled = phrasesOf(
  `bà triệu, bà trưng, bà huyện, ông ích khiêm, cụ rùa, bác hồ, ông công ông, ông táo, ông già noel, ông noel, ông địa,
  ông hoàng mười, ông hoàng bảy, ông hoàng bơ, bà chúa, bà nà, bà đen, anh hùng lao, anh hùng lực, anh hùng liệt,
  mẹ việt nam`,
)
/** Places that read like a title and a name once their diacritics are gone. */
export const famousWithoutMarks = phrasesOf(
  `ba dinh, ba vi, ba la, ba dong, ba den, bac kinh, bac ninh, bac giang, bac kan, bac son, bac cau, co nhue, co loa,
  co bi, con son, con dao, me tri, me linh, chi lang, chau long, chau au, chau a, di trach, anh quoc, thang long, thang loi`,
)

/** Streets of Hanoi named after persons whose names of three words and more look like those of anybody. */
export const famousFullNames = phrasesOf(
  `nguyen van cu, nguyen thi dinh, vo thi sau, nguyen van huyen, le van luong, nguyen van loc, nguyen van troi,
  le van thiem, le van huu, nguyen thi due, nguyen thi luu, tran duy hung, hoang quoc viet, nguyen chi thanh,
  nguyen luong bang, phan dinh phung, huynh thuc khang, pham van dong, tran thai tong, tran quoc hoan,
  nguyen phong sac, tran dang ninh, nguyen khanh toan, hoang dao thuy, hoang minh giam, khuat duy tien,
  tran khat chan, nguyen huu tho, nguyen co thach, nguyen quoc tri, vu pham ham, tran huu duc, le duc tho,
  le trong tan, vuong thua vu, hoang van thai, nguyen ngoc nai, nguyen viet xuan, bui xuong trach, ton that tung,
  dang tien dong, pham ngoc thach, le thanh nghi, tran dai nghia, ta quang buu, vo nguyen giap, hoang tang bi,
  dang thuy tram, nguyen dinh hoan, tran kim xuyen, mac thai to, duong dinh nghe, ton that thuyet, pham van bach,
  nguyen van linh, nguyen duc thuan, ngo gia tu, ngo xuan quang, dao van tap, huynh van nghe, nguyen cao luyen,
  mai chi tho, nguyen van huong, phan boi chau, phan chu trinh, ly thuong kiet, tran hung dao, tran nhat duat,
  tran quang khai, tran nguyen han, tran quy cap, le thai to, ly thai to, ly nam de, ly quoc su, dinh tien hoang,
  hoang hoa tham, hoang van thu, ton duc thang, chu van an, nguyen thai hoc, nguyen dinh chieu, nguyen cong tru,
  nguyen gia thieu, nguyen binh khiem, nguyen huu huan, nguyen thiep, ngo thi nham, ngo tat to, ngo van so,
  to hien thanh, to ngoc van, trieu viet vuong, phan huy chu, phan huy ich, phan phu tien, ho dac di, ho tung mau,
  dang thai mai, dang thai than, dang van ngu, trinh hoai duc, cao ba quat, cao xuan huy, mac dinh chi, le quy don,
  le dai hanh, le ngoc han, le gia dinh, le hong phong, le phung hieu, tran binh trong, tran te xuong, tran phu,
  vu trong phung, vu ngoc phan, vu tong phan, luong the vinh, luong dinh cua, luong ngoc quyen, luong van can,
  pham dinh ho, pham su manh, pham hong thai, nguyen khac can, nguyen khac nhu, nguyen khac hieu, nguyen truong to,
  nguyen tri phuong, nguyen van to, nguyen quy duc, nguyen huy tuong, nguyen huy tu, nguyen sieu, doan tran nghiep,
  doan thi diem, bui thi xuan, vo van dung, tran quoc toan, tran quoc vuong, duong van be, nguyen duc canh,
  phung chi kien, hoang ngan, do duc duc, do xuan hop, tran van lai, tran vi, van tien dung, nguyen hoang ton,
  lac long quan, dao duy anh, dao duy tu, dinh cong trang, dinh cong thuong, nguyen sinh sac, ngo quyen`,
)

/** A name after one of these names a place. */
export const placeWords = listOf(
  `phố đường ngõ ngách hẻm chùa đền đình miếu chợ cầu lăng thôn xã phường quận trường thcs thpt tượng đài hồ cung rằm
  ga tư giao ty viện hàng lớp sân cư khu bệnh phủ số tuyến dốc vườn sáu bảy bến nút thể hotel shop quán đại làng hầm`,
)
/** Those that stay when a text has no diacritics; the others are then frequent words. */
export const barePlaceWords = listOf(
  `pho duong ngo ngach hem chua dinh mieu cau thon xa phuong quan truong thcs thpt tuong dai cung ram ga vien hang lop
  san khu benh tuyen doc vuon hotel shop ham`,
)
