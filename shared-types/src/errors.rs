//! The one catalogue of errors. A code never changes its meaning and is the apps' translation key; the
//! message beside it is for people who read the API by hand.

use std::collections::BTreeMap;
use std::fmt;

use crate::orders::CartChange;
use serde::{Deserialize, Serialize};

/// A language that the API and the apps speak.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Lang {
    /// Korean, the default.
    #[default]
    Ko,
    /// English.
    En,
    /// Japanese.
    Ja,
    /// Chinese, simplified.
    Zh,
}

crate::text_enum!(Lang { Ko => "ko", En => "en", Ja => "ja", Zh => "zh" });

impl Lang {
    /// The first language of an `Accept-Language` header that is spoken here, else Korean.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|part| part.split(['-', ';', '_']).next())
            .find_map(|tag| tag.trim().to_ascii_lowercase().parse().ok())
            .unwrap_or_default()
    }
}

/// A text that names no value of an enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownValue(pub &'static str);

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a {}", self.0)
    }
}

impl std::error::Error for UnknownValue {}

macro_rules! error_codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $wire:literal, $status:literal, [$ko:literal, $en:literal, $ja:literal, $zh:literal];)+) => {
        /// What went wrong. [`ErrorCode::status`] gives the HTTP status, [`ErrorCode::message`] the words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum ErrorCode {
            $($(#[doc = $doc])+ #[serde(rename = $wire)] $name,)+
        }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code as it stands on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $wire),+ }
            }

            /// The HTTP status that goes with it.
            #[must_use]
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }

            /// The message in one language.
            #[must_use]
            pub fn message(self, lang: Lang) -> &'static str {
                let texts: [&'static str; 4] = match self { $(Self::$name => [$ko, $en, $ja, $zh]),+ };
                texts[lang as usize]
            }

            /// What it means, for those who write clients.
            #[cfg(feature = "openapi")]
            #[must_use]
            pub fn meaning(self) -> &'static str {
                let text = match self { $(Self::$name => concat!($($doc),+)),+ };
                text.trim_start()
            }
        }
    };
}

error_codes! {
    /// Some fields are wrong; `details.fields` names them.
    ValidationFailed = "validation_failed", 400, ["입력한 내용을 다시 확인해 주세요.", "Please check the fields.", "入力内容をご確認ください。", "请检查输入内容。"];
    /// The body or the query is not of the form that is expected.
    MalformedRequest = "malformed_request", 400, ["요청 형식이 올바르지 않아요.", "The request is malformed.", "リクエストの形式が正しくありません。", "请求格式不正确。"];
    /// Field: nothing was given.
    Required = "required", 400, ["필수 항목이에요.", "This is required.", "必須項目です。", "此项必填。"];
    /// Field: longer than allowed.
    TooLong = "too_long", 400, ["너무 길어요.", "This is too long.", "長すぎます。", "内容过长。"];
    /// Field: shorter than allowed.
    TooShort = "too_short", 400, ["너무 짧아요.", "This is too short.", "短すぎます。", "内容过短。"];
    /// Field: the wrong form.
    InvalidFormat = "invalid_format", 400, ["형식이 올바르지 않아요.", "The format is wrong.", "形式が正しくありません。", "格式不正确。"];
    /// Field: a number outside its bounds.
    OutOfRange = "out_of_range", 400, ["범위를 벗어났어요.", "This is out of range.", "範囲外です。", "超出范围。"];
    /// Field: a required option group was left open, or too few options chosen.
    TooFewOptions = "too_few_options", 400, ["옵션을 더 선택해 주세요.", "Please choose more options.", "オプションをもっと選んでください。", "请选择更多选项。"];
    /// Field: more options chosen than the group allows.
    TooManyOptions = "too_many_options", 400, ["옵션을 너무 많이 선택했어요.", "Too many options are chosen.", "オプションの選びすぎです。", "选择的选项过多。"];
    /// Field: the same option twice.
    DuplicateOption = "duplicate_option", 400, ["같은 옵션을 두 번 선택했어요.", "An option is chosen twice.", "同じオプションが重複しています。", "选项重复。"];
    /// The order has no items.
    EmptyCart = "empty_cart", 400, ["장바구니가 비어 있어요.", "The cart is empty.", "カートは空です。", "购物车是空的。"];
    /// `Idempotency-Key` is missing or not a UUID.
    IdempotencyKeyRequired = "idempotency_key_required", 400, ["Idempotency-Key 헤더(UUID)가 필요해요.", "An Idempotency-Key header (UUID) is required.", "Idempotency-Key ヘッダー（UUID）が必要です。", "需要 Idempotency-Key 请求头（UUID）。"];
    /// The order cannot go from its status to the requested one.
    InvalidTransition = "invalid_transition", 400, ["지금 상태에서는 바꿀 수 없어요.", "The order cannot change to that status.", "現在の状態からは変更できません。", "当前状态无法更改。"];
    /// The picture is cut off or damaged.
    InvalidImage = "invalid_image", 400, ["사진 파일이 손상되었어요. 다른 사진을 올려 주세요.", "The picture is damaged. Please choose another one.", "画像が壊れています。別の画像を選んでください。", "图片已损坏，请选择其他图片。"];
    /// The picture moves.
    AnimatedImage = "animated_image", 400, ["움직이는 사진은 올릴 수 없어요.", "Animated pictures cannot be used.", "動く画像は使えません。", "不能使用动态图片。"];
    /// The picture has more than 12,000 pixels on a side, or more than 50 million.
    ImageTooLarge = "image_too_large", 400, ["사진의 가로세로 크기가 너무 커요. 줄여서 올려 주세요.", "The picture has too many pixels. Please scale it down.", "画像の縦横サイズが大きすぎます。縮小してください。", "图片尺寸过大，请缩小后再上传。"];
    /// Wrong store, name or password; which one is not said.
    InvalidCredentials = "invalid_credentials", 401, ["매장, 이름 또는 비밀번호가 맞지 않아요.", "Store, name or password is wrong.", "店舗・名前・パスワードのいずれかが違います。", "门店、名称或密码不正确。"];
    /// No credential came with the request, or one that is none of ours.
    Unauthenticated = "unauthenticated", 401, ["로그인이 필요해요.", "Please sign in.", "ログインが必要です。", "请先登录。"];
    /// The credential is out of date.
    TokenExpired = "token_expired", 401, ["로그인이 만료되었어요. 다시 로그인해 주세요.", "Your login has expired. Please sign in again.", "ログインの有効期限が切れました。", "登录已过期，请重新登录。"];
    /// The credential was withdrawn: device revoked, user disabled, password changed.
    CredentialRevoked = "credential_revoked", 401, ["이 기기의 로그인이 해제되었어요. 직원에게 문의해 주세요.", "This login has been withdrawn. Please ask the staff.", "このログインは解除されました。スタッフにお声がけください。", "此登录已被撤销，请联系店员。"];
    /// The credential is good, but not for this.
    Forbidden = "forbidden", 403, ["이 작업을 할 권한이 없어요.", "You are not allowed to do this.", "この操作の権限がありません。", "没有权限执行此操作。"];
    /// A write with a cookie came from another origin.
    WrongOrigin = "wrong_origin", 403, ["다른 사이트에서 보낸 요청은 받을 수 없어요.", "Requests from another site are refused.", "別サイトからのリクエストは受け付けません。", "拒绝来自其他网站的请求。"];
    /// Too many wrong passwords; `details.retry_after_seconds` says how long.
    AccountLocked = "account_locked", 403, ["로그인 시도 횟수를 초과했어요. 잠시 후 다시 시도해 주세요.", "Too many attempts. Please try again later.", "ログイン試行回数を超えました。しばらくしてからお試しください。", "登录尝试次数过多，请稍后再试。"];
    /// Nothing with that id in the caller's store, or no such path.
    NotFound = "not_found", 404, ["찾을 수 없어요.", "Not found.", "見つかりません。", "未找到。"];
    /// The path exists, the method does not.
    MethodNotAllowed = "method_not_allowed", 405, ["지원하지 않는 요청 방식이에요.", "This method is not supported.", "このメソッドは使えません。", "不支持该请求方法。"];
    /// The request's body did not arrive in time.
    RequestTimeout = "request_timeout", 408, ["요청이 제때 도착하지 않았어요. 다시 시도해 주세요.", "The request took too long to arrive. Please try again.", "リクエストが時間内に届きませんでした。もう一度お試しください。", "请求未能及时到达，请重试。"];
    /// The menu changed since the cart was filled; `details.changes` names the differences. Nothing was ordered.
    CartChanged = "cart_changed", 409, ["메뉴가 바뀌었어요. 바뀐 내용을 확인해 주세요.", "The menu has changed. Please review your cart.", "メニューが変更されました。内容をご確認ください。", "菜单已更改，请确认。"];
    /// The key was already used for another order.
    IdempotencyConflict = "idempotency_conflict", 409, ["같은 키로 다른 주문을 보냈어요.", "That key was used for another request.", "同じキーで別の注文が送信されています。", "该键已用于其他请求。"];
    /// Somebody else changed it first; `details.current_status` says what it is now.
    StatusConflict = "status_conflict", 409, ["다른 화면에서 먼저 바꿨어요.", "It was changed on another screen first.", "他の画面で先に変更されました。", "已在其他屏幕上更改。"];
    /// A table, category, dish or user of that name exists.
    NameTaken = "name_taken", 409, ["이미 있는 이름이에요.", "That name is already taken.", "その名前はすでに使われています。", "该名称已存在。"];
    /// Nobody sits at the table, or no longer the party that was named.
    NoOpenSession = "no_open_session", 409, ["이용 중인 손님이 없는 테이블이에요.", "Nobody is at this table.", "このテーブルは空いています。", "该桌没有客人。"];
    /// Somebody sits at the table.
    TableOccupied = "table_occupied", 409, ["이용 중인 테이블이에요.", "This table is occupied.", "このテーブルは使用中です。", "该桌正在使用。"];
    /// The category still has dishes.
    CategoryInUse = "category_in_use", 409, ["메뉴가 있는 분류는 지울 수 없어요.", "The category still has dishes.", "メニューが残っているカテゴリは削除できません。", "分类中仍有菜品，无法删除。"];
    /// The last account that can sign in, or one's own, cannot be disabled.
    LastUser = "last_user", 409, ["본인이나 마지막 관리자는 사용 중지할 수 없어요.", "You cannot disable yourself or the last manager.", "自分自身または最後の管理者は無効にできません。", "不能停用自己或最后一位管理员。"];
    /// The stay has 200 orders; staff can finish the table, or remove some.
    TooManyOrders = "too_many_orders", 409, ["한 테이블에서 주문할 수 있는 횟수를 넘었어요. 직원에게 말씀해 주세요.", "This table has reached its number of orders. Please ask the staff.", "このテーブルの注文回数の上限に達しました。スタッフにお声がけください。", "本桌已达到下单次数上限，请联系店员。"];
    /// The menu is not the one that the manager saw, `version`; nothing was changed.
    MenuChanged = "menu_changed", 409, ["그사이 메뉴가 바뀌었어요. 바뀐 메뉴를 확인한 뒤 다시 해 주세요.", "The menu has changed in the meantime. Check it and try again.", "その間にメニューが変更されました。確認してからもう一度お試しください。", "菜单已被更改，请确认后重试。"];
    /// The list to reorder is not the one that exists now.
    OrderMismatch = "order_mismatch", 409, ["목록이 바뀌었어요. 새로 고친 뒤 다시 시도해 주세요.", "The list has changed. Reload and try again.", "一覧が変更されました。再読み込みしてください。", "列表已更改，请刷新后重试。"];
    /// The body is larger than allowed.
    PayloadTooLarge = "payload_too_large", 413, ["요청이 너무 커요.", "The request is too large.", "リクエストが大きすぎます。", "请求过大。"];
    /// The address of the request is longer than allowed.
    UriTooLong = "uri_too_long", 414, ["요청 주소가 너무 길어요.", "The request's address is too long.", "リクエストのアドレスが長すぎます。", "请求地址过长。"];
    /// Not the media type that is expected.
    UnsupportedMediaType = "unsupported_media_type", 415, ["지원하지 않는 형식이에요.", "That media type is not supported.", "対応していない形式です。", "不支持的媒体类型。"];
    /// The file is not a JPEG, PNG or WebP picture; its name and declared type do not count.
    UnsupportedImage = "unsupported_image", 415, ["JPEG, PNG, WebP 사진만 올릴 수 있어요.", "Only JPEG, PNG and WebP pictures can be uploaded.", "JPEG・PNG・WebP の画像のみアップロードできます。", "只能上传 JPEG、PNG 或 WebP 图片。"];
    /// Slow down; `Retry-After` says for how long.
    TooManyRequests = "too_many_requests", 429, ["요청이 너무 많아요. 잠시 후 다시 시도해 주세요.", "Too many requests. Please wait a moment.", "リクエストが多すぎます。少しお待ちください。", "请求过多，请稍候。"];
    /// The headers are larger than allowed.
    HeadersTooLarge = "headers_too_large", 431, ["요청 헤더가 너무 커요.", "The request's headers are too large.", "リクエストヘッダーが大きすぎます。", "请求头过大。"];
    /// A fault of ours; the log has the cause under the request id.
    Internal = "internal", 500, ["서버 오류가 발생했어요. 잠시 후 다시 시도해 주세요.", "Something went wrong. Please try again shortly.", "サーバーエラーです。しばらくしてからお試しください。", "服务器错误，请稍后再试。"];
    /// The database is away; trying again is safe.
    Unavailable = "unavailable", 503, ["지금은 처리할 수 없어요. 잠시 후 다시 시도해 주세요.", "Temporarily unavailable. Please try again shortly.", "現在ご利用いただけません。しばらくしてからお試しください。", "暂时不可用，请稍后再试。"];
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for ErrorCode {}

// By hand: the derived one does not see names that a macro passes on.
#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for ErrorCode {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("What went wrong. It never changes its meaning."))
            .enum_values(Some(Self::ALL.iter().map(|code| code.as_str())))
            .into()
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Every error answer: `{"error": {…}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    /// The error.
    pub error: ApiError,
}

/// One error, for machines (`code`, `details`) and for people (`message`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiError {
    /// What went wrong; the apps' translation key.
    pub code: ErrorCode,
    /// In the language of `Accept-Language`.
    pub message: String,
    /// The request's id, to quote to whoever reads the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What a program can act on.
    #[serde(default, skip_serializing_if = "ErrorDetails::is_empty")]
    pub details: ErrorDetails,
}

/// Facts that go with some codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorDetails {
    /// `validation_failed`: the codes of each wrong field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Vec<ErrorCode>>,
    /// `account_locked`, `too_many_requests`: seconds to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<i64>,
    /// `cart_changed`: what is different now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<CartChange>,
    /// `cart_changed`: what the cart costs today, without what is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_total: Option<crate::Money>,
    /// `status_conflict`, `invalid_transition`: what the order is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_status: Option<crate::orders::OrderStatus>,
}

impl ErrorDetails {
    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Which fields are wrong, and how. The same check runs in the app's form and on the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(pub BTreeMap<String, Vec<ErrorCode>>);

impl FieldErrors {
    /// Notes one fault.
    pub fn add(&mut self, field: impl Into<String>, code: ErrorCode) {
        self.0.entry(field.into()).or_default().push(code);
    }

    /// A text that must be there: 1 to `max` characters, no hidden ones.
    pub fn text(&mut self, field: &str, value: &str, max: usize) {
        if value.trim().is_empty() {
            self.add(field, ErrorCode::Required);
        } else {
            self.optional_text(field, value, max);
        }
    }

    /// A text that may be blank: at most `max` characters, no hidden ones.
    pub fn optional_text(&mut self, field: &str, value: &str, max: usize) {
        if value.chars().count() > max {
            self.add(field, ErrorCode::TooLong);
        } else if crate::text::has_hidden(value) {
            self.add(field, ErrorCode::InvalidFormat);
        }
    }

    /// The first fault of a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<ErrorCode> {
        self.0.get(field).and_then(|codes| codes.first()).copied()
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_unique_and_has_words() {
        let mut seen = std::collections::BTreeSet::new();
        for code in ErrorCode::ALL {
            assert!(seen.insert(code.as_str()), "{code} twice");
            for lang in Lang::ALL {
                assert!(!code.message(*lang).is_empty());
            }
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }

    #[test]
    fn picks_the_first_known_language() {
        assert_eq!(Lang::from_accept_language("fr-FR, en-US;q=0.8"), Lang::En);
        assert_eq!(Lang::from_accept_language("zh_CN"), Lang::Zh);
        assert_eq!(Lang::from_accept_language(""), Lang::Ko);
    }
}
