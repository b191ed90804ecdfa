//! What the command line and the environment ask for.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// The name of the profile folder and of the program on every desktop.
pub const IDENTIFIER: &str = "app.deskbell.desktop";

const HELP: &str = "\
Deskbell, the desktop inbox of a front desk

  --data-dir DIR   keep everything in DIR (also: DESKBELL_DATA_DIR)
  --hidden         start in the tray, where there is one
  --version        print the version
  --help           print this";

#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    Run(Options),
    /// Print and end.
    Print(String),
}

/// How this run was started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The profile: encrypted files, logs, the built-in desk's own folder.
    pub data_dir: PathBuf,
    /// False when somebody named the folder: then a second program may run beside the everyday one.
    pub is_default_profile: bool,
    /// Start without showing the window.
    pub hidden: bool,
}

/// A command line that makes no sense.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    #[error("unknown option {0} (try --help)")]
    Unknown(String),
    #[error("--data-dir needs a folder")]
    NoFolder,
    #[error("this computer names no folder for data; use --data-dir")]
    NoDataFolder,
}

impl Options {
    /// Reads the arguments, without the program's own name, and the value of `DESKBELL_DATA_DIR`. An argument wins.
    pub fn read(
        arguments: impl IntoIterator<Item = OsString>,
        data_dir_variable: Option<OsString>,
    ) -> Result<Request, OptionsError> {
        let mut chosen = data_dir_variable.filter(|value| !value.is_empty());
        let mut hidden = false;
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--hidden") => hidden = true,
                Some("--help" | "-h") => return Ok(Request::Print(HELP.into())),
                Some("--version" | "-V") => {
                    return Ok(Request::Print(format!("deskbell {}", env!("CARGO_PKG_VERSION"))));
                }
                Some("--data-dir") => chosen = Some(arguments.next().ok_or(OptionsError::NoFolder)?),
                _ => chosen = Some(attached_folder(&argument)?),
            }
            if chosen.as_deref().is_some_and(OsStr::is_empty) {
                return Err(OptionsError::NoFolder);
            }
        }
        let is_default_profile = chosen.is_none();
        let data_dir = match chosen {
            // The built-in desk and the logs are given this path too, from other working folders.
            Some(folder) => std::path::absolute(folder).map_err(|_| OptionsError::NoFolder)?,
            None => dirs::data_local_dir()
                .ok_or(OptionsError::NoDataFolder)?
                .join(IDENTIFIER),
        };
        Ok(Request::Run(Self {
            data_dir,
            is_default_profile,
            hidden,
        }))
    }
}

/// The folder of `--data-dir=DIR`.
fn attached_folder(argument: &OsStr) -> Result<OsString, OptionsError> {
    let unknown = || OptionsError::Unknown(argument.to_string_lossy().into_owned());
    let text = argument.to_str().ok_or_else(unknown)?;
    text.strip_prefix("--data-dir=")
        .map(OsString::from)
        .ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str], variable: Option<&str>) -> Result<Request, OptionsError> {
        Options::read(arguments.iter().map(OsString::from), variable.map(OsString::from))
    }

    fn options(arguments: &[&str], variable: Option<&str>) -> Options {
        match read(arguments, variable) {
            Ok(Request::Run(options)) => options,
            other => panic!("{arguments:?} should start the program, got {other:?}"),
        }
    }

    /// With a drive where there are drives.
    fn absolute(folder: &str) -> PathBuf {
        std::path::absolute(folder).unwrap()
    }

    #[test]
    fn without_arguments_the_platform_names_the_folder() {
        let options = options(&[], None);
        assert!(options.is_default_profile && !options.hidden);
        assert!(options.data_dir.ends_with(IDENTIFIER));
    }

    #[test]
    fn the_folder_comes_from_either_form_and_wins_over_the_variable() {
        for arguments in [&["--data-dir", "/a"][..], &["--data-dir=/a"][..]] {
            let options = options(arguments, Some("/b"));
            assert_eq!(options.data_dir, absolute("/a"));
            assert!(!options.is_default_profile);
        }
        assert_eq!(options(&["--hidden"], Some("/b")).data_dir, absolute("/b"));
    }

    #[test]
    fn an_empty_variable_is_no_folder() {
        assert!(options(&[], Some("")).is_default_profile);
    }

    #[test]
    fn a_relative_folder_becomes_absolute() {
        assert!(options(&["--data-dir", "profile"], None).data_dir.is_absolute());
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(read(&["--data-dir"], None), Err(OptionsError::NoFolder));
        assert_eq!(read(&["--data-dir", ""], None), Err(OptionsError::NoFolder));
        assert_eq!(read(&["--data-dir="], None), Err(OptionsError::NoFolder));
        assert_eq!(
            read(&["--hiden"], None),
            Err(OptionsError::Unknown("--hiden".into()))
        );
        assert_eq!(read(&["guest"], None), Err(OptionsError::Unknown("guest".into())));
    }

    #[test]
    fn help_and_version_only_print() {
        assert!(matches!(read(&["--help"], None), Ok(Request::Print(text)) if text.contains("--data-dir")));
        assert!(
            matches!(read(&["--version"], None), Ok(Request::Print(text)) if text.starts_with("deskbell "))
        );
    }
}
