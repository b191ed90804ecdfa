//! What shows tray icons on a desktop: a test sees the icon and the menu as a panel would, and presses its entries.

use crate::desktop::Desktop;
use crate::until::until;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use tokio::sync::watch;
use zbus::message::Header;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

const PATH: &str = "/StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// Where an icon lives on the bus: the owner's unique name and the object's path.
type Place = (String, String);

/// The owner of `org.kde.StatusNotifierWatcher` on a test's desktop. Start it before the app: without it there is no tray.
pub struct Tray {
    connection: zbus::Connection,
    items: watch::Receiver<Vec<Place>>,
}

/// An entry of the icon's menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuEntry {
    pub id: i32,
    pub label: String,
    pub enabled: bool,
}

struct Watcher {
    items: watch::Sender<Vec<Place>>,
}

impl Tray {
    pub async fn start(desktop: &Desktop) -> Self {
        let (sender, items) = watch::channel(Vec::new());
        let connection = desktop.connect().await;
        let served = connection
            .object_server()
            .at(PATH, Watcher { items: sender })
            .await;
        served.expect("the tray can be offered");
        connection
            .request_name("org.kde.StatusNotifierWatcher")
            .await
            .expect("nobody else shows a tray");
        Self { connection, items }
    }

    /// Whether the app has put an icon there.
    pub fn has_icon(&self) -> bool {
        !self.items.borrow().is_empty()
    }

    /// Waits for the icon and reads one of its texts: `Title`, `IconName`, `Status`, `XAyatanaLabel`.
    pub async fn text(&self, property: &str) -> String {
        let value = self.property(property).await;
        String::try_from(value).unwrap_or_default()
    }

    /// The picture file the icon shows now.
    pub async fn icon(&self) -> PathBuf {
        let name = self.text("IconName").await;
        let folder = self.text("IconThemePath").await;
        let path = Path::new(&folder).join(&name);
        if path.is_file() {
            path
        } else {
            path.with_extension("png")
        }
    }

    /// Waits until a text of the icon `fits`.
    pub async fn wait_for(&self, property: &str, fits: impl Fn(&str) -> bool) -> String {
        let what = format!("the tray's {property} to change");
        until(&what, async || {
            Some(self.text(property).await).filter(|text| fits(text))
        })
        .await
    }

    /// The menu's entries that have a label, submenus included.
    pub async fn menu(&self) -> Vec<MenuEntry> {
        let (owner, path) = self.menu_place().await;
        let depth_and_names = (0, -1, Vec::<String>::new());
        let answer = self
            .connection
            .call_method(Some(owner), path, Some(MENU), "GetLayout", &depth_and_names)
            .await;
        let answer = answer.unwrap_or_else(|error| panic!("the tray's menu cannot be read: {error}"));
        let (_, layout): (u32, Layout) = answer
            .body()
            .deserialize()
            .expect("a menu has the layout of dbusmenu");
        let mut entries = Vec::new();
        collect(&layout, &mut entries);
        entries
    }

    /// Presses the entry whose label contains `label`.
    pub async fn press(&self, label: &str) {
        let what = format!("the tray's entry \"{label}\"");
        let entry = until(&what, async || {
            self.menu()
                .await
                .into_iter()
                .find(|entry| entry.label.contains(label))
        })
        .await;
        let (owner, path) = self.menu_place().await;
        let event = (entry.id, "clicked", Value::from(0_i32), 0_u32);
        let pressed = self
            .connection
            .call_method(Some(owner), path, Some(MENU), "Event", &event)
            .await;
        pressed.unwrap_or_else(|error| panic!("{what} cannot be pressed: {error}"));
    }

    async fn menu_place(&self) -> (String, OwnedObjectPath) {
        let menu = self.property("Menu").await;
        let path = OwnedObjectPath::try_from(menu).expect("an icon names its menu");
        (self.place().await.0, path)
    }

    async fn place(&self) -> Place {
        until("the tray's icon", async || self.items.borrow().last().cloned()).await
    }

    async fn property(&self, name: &str) -> OwnedValue {
        let (owner, path) = self.place().await;
        let ask = (ITEM, name);
        let get = Some("org.freedesktop.DBus.Properties");
        let answer = self
            .connection
            .call_method(Some(owner), path, get, "Get", &ask)
            .await;
        let answer = answer.unwrap_or_else(|error| panic!("the tray's {name} cannot be read: {error}"));
        answer.body().deserialize().expect("a property is a variant")
    }
}

/// Id, properties, children.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

fn collect(layout: &Layout, entries: &mut Vec<MenuEntry>) {
    let (id, properties, children) = layout;
    if let Some(label) = properties
        .get("label")
        .and_then(|label| label.downcast_ref::<String>().ok())
    {
        let enabled = properties
            .get("enabled")
            .and_then(|enabled| enabled.downcast_ref::<bool>().ok());
        // GTK marks the access key with an underscore.
        let label = label.replace('_', "");
        entries.push(MenuEntry {
            id: *id,
            label,
            enabled: enabled.unwrap_or(true),
        });
    }
    for child in children {
        if let Ok(child) = child.try_clone().and_then(Layout::try_from_value) {
            collect(&child, entries);
        }
    }
}

trait FromValue: Sized {
    fn try_from_value(value: OwnedValue) -> zbus::zvariant::Result<Self>;
}

impl FromValue for Layout {
    fn try_from_value(value: OwnedValue) -> zbus::zvariant::Result<Self> {
        let structure = zbus::zvariant::Structure::try_from(value)?;
        structure.try_into()
    }
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    async fn register_status_notifier_item(
        &self,
        service: String,
        #[zbus(header)] header: Header<'_>,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        // Ayatana registers the path of its object, others a bus name.
        let place = if service.starts_with('/') {
            (sender, service)
        } else {
            (service, "/StatusNotifierItem".into())
        };
        let words = format!("{}{}", place.0, place.1);
        self.items.send_modify(|items| items.push(place));
        let _ = Self::status_notifier_item_registered(&emitter, &words).await;
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.items
            .borrow()
            .iter()
            .map(|(owner, path)| format!("{owner}{path}"))
            .collect()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(signal)]
    async fn status_notifier_item_registered(emitter: &SignalEmitter<'_>, service: &str) -> zbus::Result<()>;
}
