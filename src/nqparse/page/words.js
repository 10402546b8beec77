// What the page says, in Vietnamese and English.
import { keep, kept } from "./dom.js";

const WORDS = {
  vi: {
    indicators: "Chỉ tiêu", sections: "Mục", findings: "Cần xem", differences: "Sai khác", text: "Văn bản",
    search: "Tìm…", all_sections: "Mọi mục", all_roles: "Mọi vai trò", all_codes: "Mọi mã", core_any: "Chính và phụ",
    core_only: "Chỉ tiêu chính", core_not: "Ngoài danh mục", finding_any: "Mọi dòng", finding_only: "Có điều cần xem",
    unchecked_only: "Chưa duyệt", order_text: "Theo văn bản", order_findings: "Cần xem trước",
    label: "Số", name: "Tên", value: "Giá trị", role: "Vai trò", period: "Kỳ", unit: "Đơn vị", per: "Trên mỗi",
    bound: "Mức chặn", change: "Biến động", basis: "So với", of: "Trên tổng", core: "Chính", section: "Mục",
    group: "Nhóm", code: "Mã", amount: "Trị số", low: "Thấp nhất", high: "Cao nhất", start: "Bắt đầu", end: "Kết thúc",
    statement: "Câu nêu", rules: "Vì sao đọc như vậy", rule: "Quy tắc", sets: "Cho ra", line: "dòng",
    marker: "Ký hiệu", path: "Đường dẫn", title: "Tiêu đề", kind: "Loại", place: "Nơi", dimension: "Đại lượng",
    growth: "Tăng trưởng", target: "mục tiêu", actual: "thực hiện", estimate: "ước", level: "mức", increase: "tăng", decrease: "giảm",
    exceed: "vượt", exact: "đúng", about: "khoảng", min: "từ … trở lên", above: "trên", max: "tối đa", below: "dưới",
    yes: "có", no: "không", none_found: "Không có gì khớp.", not_measure: "không phải số đo",
    correct: "Sửa", stop_correcting: "Thôi sửa", accept: "Duyệt", save: "Lưu", remove: "Xóa", undo: "Hoàn tác",
    add_measure: "Thêm số đo", add_section: "Thêm mục", add_name: "Lấy làm tên", add_to_name: "Nối vào tên",
    download: "Tải các chỗ sửa", checked: "đã duyệt", unchecked: "chưa duyệt", of_total: "trên",
    saved: "Đã lưu.", failed: "Không lưu được", conflict: "Tài liệu đã được sửa ở cửa sổ khác; đây là bản mới nhất.",
    other_window: "Tài liệu này cũng đang mở ở cửa sổ khác.", offline: "Máy chủ không trả lời: chỗ sửa chưa được lưu.",
    moved: "Văn bản đã được sửa sau khi có bản chuẩn: dòng đã dời", lost: "không còn thấy trong văn bản",
    moved_some: "Văn bản đã được sửa sau khi có bản chuẩn; số dòng đã dời:", lost_some: "số dòng không còn thấy:",
    keep_moved: "Lưu vị trí mới",
    missed: "chương trình bỏ sót", span: "sai chỗ", wrong: "đọc khác", spurious: "chương trình thêm",
    won: "thêm", lost_row: "mất", altered: "khác",
    keys: "Phím", keys_help: "j k: xuống, lên · Enter: tới chỗ trong văn bản · /: tìm · f: điều cần xem kế tiếp · 1–4: bảng · Esc: bỏ chọn · ?: phím",
    keys_edit: "a: duyệt · e: sửa · x: xóa · u: hoàn tác · m: thêm số đo · s: thêm mục · n: lấy làm tên · b: nối vào tên",
    all_pages: "Mọi tài liệu", language: "English", nothing_selected: "Chọn một số trong văn bản hoặc một dòng trong bảng.",
    no_highlights: "Trình duyệt này không tô được các số; hãy dùng bản mới hơn.", unsaved_local: "Chỗ sửa được giữ trong trình duyệt này; hãy tải về.",
    documents: "Tài liệu", type: "Thể loại", year: "Năm", status: "Trạng thái", progress: "Đã duyệt", charts: "Chuỗi số liệu",
    hidden_character: "ký tự ẩn", tree: "Cây mục", severity_error: "lỗi", severity_warning: "cảnh báo", severity_info: "lưu ý",
    select_text: "Hãy bôi chọn chữ trong văn bản trước.", chars: "ký tự",
  },
  en: {
    indicators: "Indicators", sections: "Sections", findings: "Findings", differences: "Differences", text: "Text",
    search: "Search…", all_sections: "All sections", all_roles: "All roles", all_codes: "All codes", core_any: "Core and other",
    core_only: "Core only", core_not: "Not core", finding_any: "All rows", finding_only: "With findings",
    unchecked_only: "Not checked", order_text: "As in the text", order_findings: "Findings first",
    label: "No.", name: "Name", value: "Value", role: "Role", period: "Period", unit: "Unit", per: "Per",
    bound: "Bound", change: "Change", basis: "Basis", of: "Of", core: "Core", section: "Section",
    group: "Group", code: "Code", amount: "Amount", low: "Low", high: "High", start: "Start", end: "End",
    statement: "Statement", rules: "Why it was read so", rule: "Rule", sets: "Sets", line: "line",
    marker: "Marker", path: "Path", title: "Title", kind: "Kind", place: "Place", dimension: "Dimension",
    growth: "Growth", target: "target", actual: "actual", estimate: "estimate", level: "level", increase: "increase", decrease: "decrease",
    exceed: "exceed", exact: "exact", about: "about", min: "at least", above: "above", max: "at most", below: "below",
    yes: "yes", no: "no", none_found: "Nothing matches.", not_measure: "no measure",
    correct: "Correct", stop_correcting: "Stop correcting", accept: "Accept", save: "Save", remove: "Delete", undo: "Undo",
    add_measure: "Add measure", add_section: "Add section", add_name: "Use as name", add_to_name: "Add to name",
    download: "Download corrections", checked: "checked", unchecked: "not checked", of_total: "of",
    saved: "Saved.", failed: "Not saved", conflict: "The document was changed in another window; this is its newest state.",
    other_window: "This document is open in another window too.", offline: "The server does not answer: the change was not saved.",
    moved: "The text was edited since its gold was made: the row moved by", lost: "not found in the text any more",
    moved_some: "The text was edited since its gold was made; rows that moved:", lost_some: "rows not found any more:",
    keep_moved: "Save the new places",
    missed: "missed by the program", span: "at another place", wrong: "read otherwise", spurious: "added by the program",
    won: "won", lost_row: "lost", altered: "altered",
    keys: "Keys", keys_help: "j k: down, up · Enter: to its place in the text · /: search · f: next finding · 1–4: panels · Esc: select nothing · ?: keys",
    keys_edit: "a: accept · e: edit · x: delete · u: undo · m: add measure · s: add section · n: use as name · b: add to name",
    all_pages: "All documents", language: "Tiếng Việt", nothing_selected: "Select a number in the text, or a row of the table.",
    no_highlights: "This browser cannot mark the numbers; use a newer one.", unsaved_local: "Corrections are kept in this browser; download them.",
    documents: "Documents", type: "Type", year: "Year", status: "Status", progress: "Checked", charts: "Series",
    hidden_character: "hidden character", tree: "Sections", severity_error: "error", severity_warning: "warning", severity_info: "info",
    select_text: "Select words in the text first.", chars: "characters",
  },
};

let current = kept("nqparse-language") === "en" ? "en" : "vi";

/** The language of the page's own words. */
export function language() {
  return current;
}

/** Change to the other language. */
export function otherLanguage() {
  current = current === "vi" ? "en" : "vi";
  keep("nqparse-language", current);
}

/** What the page says for a key; the key itself where it has no words for it. */
export function say(key) {
  return WORDS[current][key] ?? key;
}
