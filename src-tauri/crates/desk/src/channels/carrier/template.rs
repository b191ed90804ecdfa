//! A WhatsApp template with its values, from `template_params` of either age (reference §6) to the provider's form.

use serde_json::{Map, Value, json};

/// The provider's `template` object.
pub fn of(params: &Value) -> Value {
    let language = params["language"].as_str().unwrap_or("en");
    let mut template = json!({
        "name": params["name"],
        "language": { "policy": "deterministic", "code": language },
    });
    if let Some(namespace) = params["namespace"].as_str().filter(|text| !text.is_empty()) {
        template["namespace"] = json!(namespace);
    }
    let components = components(&params["processed_params"]);
    if !components.is_empty() {
        template["components"] = Value::Array(components);
    }
    template
}

fn components(values: &Value) -> Vec<Value> {
    let Some(values) = values.as_object() else {
        return Vec::new();
    };
    if !is_structured(values) {
        return body(values).into_iter().collect();
    }
    let object = |key: &str| values.get(key).and_then(Value::as_object);
    let mut components = Vec::new();
    components.extend(object("header").and_then(header));
    components.extend(object("body").and_then(body));
    let buttons = values.get("buttons").and_then(Value::as_array);
    let buttons = buttons.into_iter().flatten().enumerate();
    components.extend(buttons.filter_map(|(index, one)| button(index, one)));
    components
}

/// Older clients send the values of the body alone; a button without a type makes the whole count as that.
fn is_structured(values: &Map<String, Value>) -> bool {
    let known = |key: &str| matches!(key, "body" | "header" | "footer" | "buttons");
    let buttons = values.get("buttons").and_then(Value::as_array);
    let typed = buttons.is_none_or(|buttons| buttons.iter().all(|one| one["type"].is_string()));
    values.keys().any(|key| known(key)) && typed && values.values().any(|one| !one.is_string())
}

fn body(values: &Map<String, Value>) -> Option<Value> {
    let parameters = texts(values);
    (!parameters.is_empty()).then(|| json!({ "type": "body", "parameters": parameters }))
}

fn texts(values: &Map<String, Value>) -> Vec<Value> {
    let mut keys: Vec<&String> = values.keys().collect();
    // Numbered values go in the order of their numbers: 10 after 9.
    keys.sort_by_key(|key| (key.parse::<u32>().unwrap_or(u32::MAX), (*key).clone()));
    let mut texts = Vec::new();
    for key in keys {
        let Some(text) = text(&values[key]) else { continue };
        let mut parameter = json!({ "type": "text", "text": text });
        if key.parse::<u32>().is_err() {
            parameter["parameter_name"] = json!(key);
        }
        texts.push(parameter);
    }
    texts
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn header(values: &Map<String, Value>) -> Option<Value> {
    let parameters = match values.get("media_url").and_then(Value::as_str) {
        Some(url) => {
            let kind = values
                .get("media_type")
                .and_then(Value::as_str)
                .unwrap_or("image");
            let mut media = json!({ "link": url });
            if let Some(name) = values.get("media_name").filter(|_| kind == "document") {
                media["filename"] = name.clone();
            }
            vec![json!({ "type": kind, kind: media })]
        }
        None => texts(values),
    };
    (!parameters.is_empty()).then(|| json!({ "type": "header", "parameters": parameters }))
}

fn button(index: usize, one: &Value) -> Option<Value> {
    let parameter = text(&one["parameter"])?;
    let (sub_type, parameter) = match one["type"].as_str()? {
        "copy_code" => (
            "copy_code",
            json!({ "type": "coupon_code", "coupon_code": parameter }),
        ),
        "url" => ("url", json!({ "type": "text", "text": parameter })),
        _ => return None,
    };
    Some(json!({
        "type": "button", "sub_type": sub_type, "index": index.to_string(), "parameters": [parameter],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_old_clients_are_the_body() {
        let params =
            json!({ "name": "hello", "language": "de", "processed_params": { "1": "Ida", "2": "Monday" } });
        let expected = json!({
            "name": "hello", "language": { "policy": "deterministic", "code": "de" },
            "components": [{ "type": "body", "parameters": [
                { "type": "text", "text": "Ida" }, { "type": "text", "text": "Monday" } ] }],
        });
        assert_eq!(of(&params), expected);
    }

    #[test]
    fn header_body_and_buttons_find_their_places() {
        let params = json!({ "name": "offer", "language": "en", "processed_params": {
            "header": { "media_url": "https://x.example/a.pdf", "media_type": "document", "media_name": "a.pdf" },
            "body": { "guest": "Ida" },
            "buttons": [{ "type": "url", "parameter": "abc" }, { "type": "copy_code", "parameter": "SPRING" }],
        } });
        let components = of(&params)["components"].clone();
        let document = json!({ "link": "https://x.example/a.pdf", "filename": "a.pdf" });
        assert_eq!(components[0]["parameters"][0]["document"], document);
        let named = json!({ "type": "text", "text": "Ida", "parameter_name": "guest" });
        assert_eq!(components[1]["parameters"][0], named);
        assert_eq!(components[2]["index"], "0");
        assert_eq!(components[3]["parameters"][0]["coupon_code"], "SPRING");
    }

    #[test]
    fn the_tenth_value_comes_after_the_ninth() {
        let values: Map<String, Value> = (1..=10).map(|n| (n.to_string(), json!(n.to_string()))).collect();
        let params = json!({ "name": "x", "processed_params": { "body": values } });
        let parameters = of(&params)["components"][0]["parameters"].clone();
        assert_eq!(parameters[9]["text"], "10");
    }
}
