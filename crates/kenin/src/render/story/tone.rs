/// How a piece of text is to be seen. It never carries meaning alone: the words say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It informs.
    Plain,
    /// Nothing is wrong.
    Good,
    /// Something is.
    Bad,
    /// It needs attention.
    Unsure,
}
