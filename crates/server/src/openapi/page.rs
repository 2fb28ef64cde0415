//! The description as a page: plain HTML, no script, nothing from elsewhere.

use serde_json::Value;
use shared_types::ErrorCode;

use super::schema;

/// What the page may load: its own styles.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";
/// The page's styles.
pub(super) const STYLES: &str = include_str!("../../assets/docs.css");

/// The page.
pub(super) fn html(api: &Value) -> String {
    let tags = api["tags"].as_array().map(Vec::as_slice).unwrap_or_default();
    let sections: Vec<_> = tags.iter().map(|tag| section(api, tag)).collect();
    let links: Vec<_> = tags.iter().map(|tag| link(text(&tag["name"]))).collect();
    let info = &api["info"];
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title} API</title>\
         <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/api/docs/style.css\"></head><body>\
         <header><h1>{title} API <small>{version}</small></h1><p>{description}</p>\
         <p>For programs: <a href=\"/api/openapi.json\">openapi.json</a></p></header>\
         <nav aria-label=\"Contents\">{links}{more}</nav><main>{sections}{errors}{schemas}</main></body></html>\n",
        title = escape(text(&info["title"])),
        version = escape(text(&info["version"])),
        description = prose(text(&info["description"])),
        links = links.concat(),
        more = link("errors") + &link("schemas"),
        sections = sections.concat(),
        errors = errors(),
        schemas = schemas(api),
    )
}

fn link(name: &str) -> String {
    format!("<a href=\"#{name}\">{name}</a> ")
}

/// Everything under one tag.
fn section(api: &Value, tag: &Value) -> String {
    let name = text(&tag["name"]);
    let mut html =
        format!("<section><h2 id=\"{name}\">{name}</h2><p>{}</p>", prose(text(&tag["description"])));
    for (path, operations) in fields(&api["paths"]) {
        for (method, one) in fields(operations).filter(|(_, one)| one["tags"][0] == name) {
            html += &operation(api, method, path, one);
        }
    }
    html + "</section>"
}

fn operation(api: &Value, method: &str, path: &str, one: &Value) -> String {
    let id = text(&one["operationId"]);
    let who = fields(&one["security"][0]).map(|(name, _)| name).next().unwrap_or("everybody");
    format!(
        "<article id=\"{id}\" data-operation=\"{id}\"><h3>{summary}</h3><p><b class=\"{method}\">{name}</b> \
         <code>{path}</code></p><p>{description}</p><p>For: {who}</p>{parameters}{body}{answers}</article>",
        summary = prose(text(&one["summary"])),
        name = method.to_uppercase(),
        path = escape(path),
        description = prose(text(&one["description"])),
        parameters = parameters(&one["parameters"]),
        body = body(api, &one["requestBody"]),
        answers = answers(api, &one["responses"]),
    )
}

fn parameters(parameters: &Value) -> String {
    let row = |p: &Value| {
        let needed = if p["required"] == true { "required" } else { "" };
        let (name, place) = (escape(text(&p["name"])), text(&p["in"]));
        let (kind, about) = (schema::kind(&p["schema"]), prose(text(&p["description"])));
        format!(
            "<tr><td><code>{name}</code></td><td>{place} {needed}</td><td>{kind}</td><td>{about}</td></tr>"
        )
    };
    let rows: String = parameters.as_array().into_iter().flatten().map(row).collect();
    table(&["parameter", "where", "type", "meaning"], &rows)
}

fn body(api: &Value, body: &Value) -> String {
    let content = fields(&body["content"]);
    content
        .map(|(mime, content)| {
            let kind = schema::kind(&content["schema"]);
            format!("<p>Takes <code>{}</code>: {kind}</p>{}", escape(mime), example(api, content))
        })
        .collect()
}

fn answers(api: &Value, responses: &Value) -> String {
    let mut examples = String::new();
    let row = |(status, response): (&str, &Value)| {
        let response = schema::resolve(api, response);
        let (mime, content) = fields(&response["content"]).next().unwrap_or(("", &Value::Null));
        let kind = schema::kind(&content["schema"]);
        let kind = if mime.is_empty() || mime == "application/json" { kind } else { escape(mime) };
        if status.starts_with('2') {
            examples += &example(api, content);
        }
        let headers = fields(&response["headers"]).map(|(name, _)| format!(" <code>{name}</code>"));
        let about = prose(text(&response["description"])) + &headers.collect::<String>();
        format!("<tr><td>{status}</td><td>{kind}</td><td>{about}</td></tr>")
    };
    let rows: String = fields(responses).map(row).collect();
    table(&["status", "body", "meaning and headers"], &rows) + &examples
}

/// The example of a body, folded away.
fn example(api: &Value, content: &Value) -> String {
    let of_schema = &schema::resolve(api, &content["schema"])["examples"][0];
    let shown = match (&content["example"], of_schema) {
        (Value::String(text), _) => text.clone(),
        (Value::Null, Value::Null) => return String::new(),
        (Value::Null, value) | (value, _) => serde_json::to_string_pretty(value).unwrap_or_default(),
    };
    format!("<details><summary>Example</summary><pre tabindex=\"0\">{}</pre></details>", escape(&shown))
}

/// The catalogue.
fn errors() -> String {
    let row = |code: &ErrorCode| {
        let meaning = prose(code.meaning());
        format!("<tr><td>{}</td><td><code>{code}</code></td><td>{meaning}</td></tr>", code.status())
    };
    let rows: String = ErrorCode::ALL.iter().map(row).collect();
    let rows = table(&["status", "code", "meaning"], &rows);
    format!("<section><h2 id=\"errors\">errors</h2>{rows}</section>")
}

fn schemas(api: &Value) -> String {
    let one = |(name, schema): (&str, &Value)| {
        let about = prose(text(&schema["description"]));
        format!(
            "<article id=\"schema-{name}\"><h3>{name}</h3><p>{about}</p>{}</article>",
            schema::fields_table(schema)
        )
    };
    let all: String = fields(&api["components"]["schemas"]).map(one).collect();
    format!("<section><h2 id=\"schemas\">schemas</h2>{all}</section>")
}

/// A table that scrolls by itself where it is too wide; nothing without rows.
pub(super) fn table(head: &[&str], rows: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let head: String = head.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
    format!(
        "<div class=\"wide\" tabindex=\"0\"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
}

/// The fields of an object, in order.
pub(super) fn fields(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

/// The text, or nothing.
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A sentence of the description: backticks mark code, an empty line a paragraph.
pub(super) fn prose(text: &str) -> String {
    let code = |(place, part): (usize, &str)| match place % 2 {
        0 => escape(part).replace("\n\n", "<br>"),
        _ => format!("<code>{}</code>", escape(part)),
    };
    text.split('`').enumerate().map(code).collect()
}

/// A text that can stand in HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_of_the_description_becomes_markup() {
        assert_eq!(super::prose("a <b> `x & \"y\"`"), "a &lt;b&gt; <code>x &amp; &quot;y&quot;</code>");
    }
}
