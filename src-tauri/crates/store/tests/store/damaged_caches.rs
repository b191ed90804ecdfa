//! A thousand damaged caches: whatever happened to `cache.db`, the program starts, is filled again, and what only this
//! computer knows is untouched.

use crate::common::*;
use deskbell_store::*;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

const CASES: u64 = 1000;
const THREADS: usize = 4;

const CONVERSATIONS: i64 = 4;
const MESSAGES: i64 = 24;

/// Random numbers, the same in every run (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap()
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count)
            .map(|_| u8::try_from(self.below(256)).unwrap())
            .collect()
    }
}

/// A folder as a run leaves it, to be copied and spoiled.
struct Template {
    desk: Desk,
    /// By name: as a closed program leaves them, and as one that was killed does.
    closed: Vec<(String, Vec<u8>)>,
    killed: Vec<(String, Vec<u8>)>,
    /// The cache of another folder with the same key.
    other: Vec<u8>,
}

async fn fill(desk: &Desk) {
    desk.tell((1..=CONVERSATIONS).map(waiting).collect()).await;
    for id in 1..=CONVERSATIONS {
        let text = |nth: i64| format!("Message {nth} about the {} pool", "lovely ".repeat(40));
        let messages = (1..=MESSAGES).map(|nth| message(id, id * 1000 + nth, &text(nth)));
        desk.tell_messages(messages.collect()).await;
    }
    desk.press(1, reply("A queued reply")).await;
    desk.store
        .save_draft(desk.at(2), "A draft", false, 5)
        .await
        .unwrap();
    desk.store.raise_alert(desk.at(3), 3, None, 4).await.unwrap();
}

fn listed(dir: &Path) -> Vec<(String, Vec<u8>)> {
    files(dir).into_iter().collect()
}

impl Template {
    async fn new() -> Self {
        let desk = Desk::new().await;
        fill(&desk).await;
        let killed = listed(desk.dir.path());
        desk.store.clone().close().await;
        let closed = listed(desk.dir.path());
        let other_dir = tempfile::tempdir().unwrap();
        let other = open(other_dir.path(), &desk.key).await.unwrap();
        other.save_login(login(&[1])).await.unwrap();
        other.close().await;
        let other = fs::read(other_dir.path().join("cache.db")).unwrap();
        Self {
            desk,
            closed,
            killed,
            other,
        }
    }

    fn copy(&self, dir: &Path, killed: bool) {
        for (name, bytes) in if killed { &self.killed } else { &self.closed } {
            fs::write(dir.join(name), bytes).unwrap();
        }
    }
}

/// The kinds of damage; each case draws where and how much.
const KINDS: [&str; 14] = [
    "flipped bits",
    "cut off",
    "zeroed pages",
    "garbage pages",
    "garbage from the start",
    "swapped pages",
    "the other file",
    "another cache of the same key",
    "foreign SQLite",
    "empty",
    "a folder in its place",
    "damaged log",
    "damaged shared memory",
    "log of another file",
];

fn copy(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap();
}

/// A folder in memory where there is such a thing: thousands of opened files would wait for the disk most of the time.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

fn spoil(kind: &str, dir: &Path, random: &mut Random, template: &Template) {
    let cache = dir.join("cache.db");
    match kind {
        "the other file" => copy(&dir.join("durable.db"), &cache),
        "another cache of the same key" => fs::write(&cache, &template.other).unwrap(),
        "foreign SQLite" => {
            fs::remove_file(&cache).unwrap();
            let theirs = rusqlite::Connection::open(&cache).unwrap();
            theirs.execute_batch("CREATE TABLE theirs (x INTEGER)").unwrap();
        }
        "empty" => fs::write(&cache, b"").unwrap(),
        "a folder in its place" => {
            let taken = dir.join(["cache.db", "cache.db-wal", "cache.db-shm"][random.below(3)]);
            let _ = fs::remove_file(&taken);
            fs::create_dir(&taken).unwrap();
            fs::write(taken.join("theirs"), b"x").unwrap();
        }
        "damaged log" => spoil_bytes(&dir.join("cache.db-wal"), random.below(4), random),
        "damaged shared memory" => spoil_bytes(&dir.join("cache.db-shm"), random.below(4), random),
        "log of another file" => copy(&dir.join("durable.db-wal"), &dir.join("cache.db-wal")),
        "garbage from the start" => {
            let garbage = random.bytes(9000);
            fs::write(&cache, garbage).unwrap();
        }
        _ => {
            let way = KINDS.iter().position(|known| *known == kind).unwrap();
            spoil_bytes(&cache, way, random);
        }
    }
}

/// Spoils the bytes of a file in one of the first ways of [`KINDS`].
fn spoil_bytes(path: &Path, way: usize, random: &mut Random) {
    const PAGE: usize = 4096;
    let mut bytes = fs::read(path).unwrap();
    let pages = (bytes.len() / PAGE).max(1);
    match way {
        0 => {
            for _ in 0..=random.below(8) {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
        }
        1 => bytes.truncate(random.below(bytes.len())),
        2 | 3 => {
            for _ in 0..=random.below(4) {
                let page = random.below(pages);
                let garbage = if way == 2 {
                    vec![0; PAGE]
                } else {
                    random.bytes(PAGE)
                };
                let end = bytes.len().min((page + 1) * PAGE);
                let begin = page * PAGE;
                bytes[begin..end].copy_from_slice(&garbage[..end - begin]);
            }
        }
        _ => {
            let (one, two) = (random.below(pages) * PAGE, random.below(pages) * PAGE);
            let kept = bytes[one..one + PAGE].to_vec();
            bytes.copy_within(two..two + PAGE, one);
            bytes[two..two + PAGE].copy_from_slice(&kept);
        }
    }
    fs::write(path, bytes).unwrap();
}

/// Reads everything there is and writes something new: all of it, or [`StoreError::Damaged`].
async fn use_it(template: &Template, store: &Store) -> Result<()> {
    let account = template.desk.account;
    for id in 1..=CONVERSATIONS {
        let thread = store.messages(template.desk.at(id), None, 100).await?;
        let whole = thread.iter().all(|message| message.content.contains("lovely"));
        assert!(whole, "what is read is what was written");
    }
    let window = store.window(&query(deskbell_domain::View::All)).await?;
    assert!(window.rows.len() <= usize::try_from(CONVERSATIONS).unwrap());
    store.search(&SearchQuery::new("lovely pool", 10)).await?;
    let mut news = Batch::new(account);
    news.conversations.push(waiting(77));
    news.messages.push(message(77, 77_000, "Is the sauna warm?"));
    store.apply(news).await?;
    let thread = store.messages(template.desk.at(77), None, 10).await?;
    assert_eq!(thread.len(), 1);
    assert_eq!(store.search(&SearchQuery::new("sauna", 10)).await?.len(), 1);
    store.sync_state(account).await?;
    Ok(())
}

async fn assert_durable_rows(template: &Template, store: &Store, case: &str) {
    let desk = &template.desk;
    let queued = store.outbox(desk.at(1)).await.unwrap();
    assert_eq!(queued.len(), 1, "{case}: the queued reply");
    let draft = store.draft(desk.at(2)).await.unwrap();
    assert_eq!(draft.unwrap().text, "A draft", "{case}");
    assert_eq!(store.open_alerts().await.unwrap().len(), 1, "{case}: the alert");
}

/// True when the damage showed only while the store was used.
async fn check(number: u64, template: &Template) -> bool {
    let mut random = Random(number);
    let kind = KINDS[usize::try_from(number).unwrap() % KINDS.len()];
    let case = format!("case {number}, {kind}");
    let folder = folder();
    let log = kind.contains("log") || kind.contains("memory");
    template.copy(folder.path(), log || random.below(3) == 0);
    spoil(kind, folder.path(), &mut random, template);
    let key = &template.desk.key;
    let store = open(folder.path(), key).await;
    let store = store.unwrap_or_else(|error| panic!("{case}: does not open: {error:?}"));
    let first = use_it(template, &store).await;
    assert_durable_rows(template, &store, &case).await;
    store.close().await;
    let Err(error) = first else { return false };
    assert!(
        matches!(
            error,
            StoreError::Damaged { file: "cache.db" } | StoreError::WrongKey { file: "cache.db" }
        ),
        "{case}: {error:?}"
    );
    let store = open(folder.path(), key).await.unwrap();
    let again = use_it(template, &store).await;
    assert!(again.is_ok(), "{case}: damaged at the next start, too: {again:?}");
    assert_durable_rows(template, &store, &case).await;
    store.close().await;
    assert!(
        folder.path().join("cache.db.set-aside").exists(),
        "{case}: kept for whoever helps"
    );
    true
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(work)
}

#[test]
fn a_thousand_damaged_caches_cost_nothing_but_the_cache() {
    let template = run(Template::new());
    let (next, late) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                run(async {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed) as u64;
                        if number >= CASES {
                            break;
                        }
                        late.fetch_add(usize::from(check(number, &template).await), Ordering::Relaxed);
                    }
                })
            });
        }
    });
    let late = late.into_inner();
    println!("{CASES} damaged caches, {late} of them noticed only while in use");
    assert!(late > 0, "the cases reach beyond what opening looks at");
}
