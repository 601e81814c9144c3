use std::rc::Rc;

use foldhash::HashMap;
use kenin_base::Resource;
use kenin_facts::Rect;

use super::font::Font;
use super::line::Line;
use super::matrix::Matrix;
use super::operations::Operations;
use super::resources::Resources;
use crate::chain::View;
use crate::error::ReadError;
use crate::object::{Object, PdfString, Reference, Stream};
use crate::reader::Reader;

/// Forms inside forms.
const MAX_DEPTH: u8 = 16;

/// Forms run for one page; each may be run many times.
const MAX_FORMS: usize = 10_000;

/// Saved graphics states.
const MAX_STATES: usize = 1024;

/// Strings taken from one page.
const MAX_STRINGS: usize = 100_000;

/// Runs content streams as far as text depends on it, and keeps what they show.
pub(super) struct Interpreter<'i, 'r> {
    reader: &'i Reader<'r>,
    view: &'i View,
    forms: HashMap<Reference, Option<Rc<Form>>>,
    runs: usize,
    /// Where text is shown, in the coordinates of the outermost content.
    pub boxes: Vec<Rect>,
    /// What is shown, in order.
    pub strings: Vec<Shown>,
}

/// A string as an operator shows it.
pub(crate) struct Shown {
    pub string: Rc<PdfString>,
    pub font: Option<Rc<Font>>,
}

/// A form XObject (ISO 32000-1 8.10).
struct Form {
    content: Vec<u8>,
    matrix: Matrix,
    /// Its own; a form without any uses those of what shows it.
    resources: Option<Rc<Resources>>,
}

/// The graphics state as far as text depends on it (8.4.1, 9.3.1).
#[derive(Clone)]
pub(super) struct State {
    pub ctm: Matrix,
    pub font: Option<Rc<Font>>,
    pub size: f64,
    pub character_spacing: f64,
    pub word_spacing: f64,
    /// As a factor, not in per cent.
    pub scaling: f64,
    pub leading: f64,
    pub rise: f64,
    pub mode: f64,
}

impl State {
    pub(super) fn new() -> Self {
        Self {
            ctm: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scaling: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0.0,
        }
    }

    /// Text that is neither filled nor stroked (9.3.6).
    fn is_invisible(&self) -> bool {
        self.mode == 3.0 || self.mode == 7.0
    }
}

/// One content stream being run.
struct Frame {
    resources: Rc<Resources>,
    state: State,
    saved: Vec<State>,
    /// The text matrix and the text line matrix (9.4.1).
    text: Matrix,
    line: Matrix,
}

impl<'i, 'r> Interpreter<'i, 'r> {
    pub(super) fn new(reader: &'i Reader<'r>, view: &'i View) -> Self {
        Self { reader, view, forms: HashMap::default(), runs: 0, boxes: Vec::new(), strings: Vec::new() }
    }

    /// Runs a content stream until its end, or until it is malformed or a bound is reached.
    pub(super) fn run(
        &mut self,
        content: &[u8],
        resources: Rc<Resources>,
        state: State,
        depth: u8,
    ) -> Result<(), ReadError> {
        let (text, line) = (Matrix::IDENTITY, Matrix::IDENTITY);
        let mut frame = Frame { resources, state, saved: Vec::new(), text, line };
        let mut operations = Operations::new(content, self.reader.budget);
        while let Some(operator) = operations.next()? {
            let bounded = frame.saved.len() < MAX_STATES && self.strings.len() < MAX_STRINGS;
            if !bounded || self.runs > MAX_FORMS {
                break;
            }
            match operator {
                b"Do" => self.invoke(&frame, &operations, depth)?,
                b"Tf" => self.select_font(&mut frame, &operations)?,
                b"Tj" | b"TJ" => self.show(&mut frame, operations.operands.last()),
                b"'" => {
                    frame.next_line(0.0, -frame.state.leading);
                    self.show(&mut frame, operations.operands.last());
                }
                b"\"" => {
                    frame.state.word_spacing = operations.number(0);
                    frame.state.character_spacing = operations.number(1);
                    frame.next_line(0.0, -frame.state.leading);
                    self.show(&mut frame, operations.operands.last());
                }
                _ => frame.set(operator, &operations),
            }
        }
        Ok(())
    }

    fn select_font(&mut self, frame: &mut Frame, operations: &Operations<'_>) -> Result<(), ReadError> {
        if let Some(Object::Name(name)) = operations.operands.first() {
            frame.state.font = frame.resources.font(self.reader, self.view, name)?;
        }
        frame.state.size = operations.number(1);
        Ok(())
    }

    /// Shows a string, or an array of strings and moves between them (9.4.3).
    fn show(&mut self, frame: &mut Frame, operand: Option<&Object>) {
        let items = match operand {
            Some(Object::Array(items)) => items.as_slice(),
            Some(single) => std::slice::from_ref(single),
            None => &[],
        };
        let visible = !frame.state.is_invisible();
        let mut line = Line::new(&frame.state);
        for item in items {
            match item {
                Object::String(string) => {
                    line.show(&string.bytes);
                    if visible {
                        let font = frame.state.font.clone();
                        self.strings.push(Shown { string: Rc::clone(string), font });
                    }
                }
                other => line.adjust(other.as_number().filter(|number| number.is_finite()).unwrap_or_default()),
            }
        }
        let (runs, moved) = line.finish();
        let to_user_space = frame.text.then(&frame.state.ctm);
        if visible {
            self.boxes.extend(runs.into_iter().filter_map(|(first, second)| to_user_space.bounds(first, second)));
        }
        frame.text = Matrix::translation(moved.0, moved.1).then(&frame.text);
    }

    /// `Do` of a form (8.10.1); images show no text.
    fn invoke(&mut self, frame: &Frame, operations: &Operations<'_>, depth: u8) -> Result<(), ReadError> {
        let name = operations.operands.last().and_then(Object::as_name).unwrap_or_default();
        let Some(reference) = frame.resources.xobject(name).and_then(Object::as_reference) else { return Ok(()) };
        self.runs += 1;
        if depth >= MAX_DEPTH {
            return Ok(());
        }
        let form = match self.forms.get(&reference) {
            Some(known) => known.clone(),
            None => {
                let form = self.form(reference)?.map(Rc::new);
                self.forms.insert(reference, form.clone());
                form
            }
        };
        let Some(form) = form else { return Ok(()) };
        // A form may be run from many places: each time is work.
        let size = u64::try_from(form.content.len()).unwrap_or(u64::MAX);
        self.reader.budget.spend(Resource::PdfDecodedBytes, size)?;
        let resources = form.resources.clone().unwrap_or_else(|| Rc::clone(&frame.resources));
        let state = State { ctm: form.matrix.then(&frame.state.ctm), ..frame.state.clone() };
        self.run(&form.content, resources, state, depth + 1)
    }

    fn form(&self, reference: Reference) -> Result<Option<Form>, ReadError> {
        let Object::Stream(stream) = self.reader.resolve(self.view, &Object::Reference(reference))? else {
            return Ok(None);
        };
        if self.reader.entry(self.view, &stream.dictionary, b"Subtype")?.as_name() != Some(b"Form") {
            return Ok(None);
        }
        self.read_form(&stream)
    }

    fn read_form(&self, stream: &Stream) -> Result<Option<Form>, ReadError> {
        let (reader, view) = (self.reader, self.view);
        let Some(content) = super::decoded(reader, view, stream)? else { return Ok(None) };
        let matrix = Matrix::of_form(reader, view, &reader.entry(view, &stream.dictionary, b"Matrix")?)?;
        let resources = reader.entry(view, &stream.dictionary, b"Resources")?;
        let resources = resources.as_dictionary().map(|resources| Resources::read(reader, view, resources));
        Ok(Some(Form { content, matrix, resources: resources.transpose()?.map(Rc::new) }))
    }

    /// Runs a form by itself, in its own coordinates.
    pub(super) fn run_form(&mut self, stream: &Stream) -> Result<(), ReadError> {
        let Some(form) = self.read_form(stream)? else { return Ok(()) };
        self.run(&form.content, form.resources.unwrap_or_default(), State::new(), 0)
    }
}

impl Frame {
    /// An operator that changes the state only (8.4.4, 9.3, 9.4.1, 9.4.2).
    fn set(&mut self, operator: &[u8], operations: &Operations<'_>) {
        let first = operations.number(0);
        match operator {
            b"q" => self.saved.push(self.state.clone()),
            b"Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => self.state.ctm = six(operations).then(&self.state.ctm),
            b"BT" => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tm" => (self.text, self.line) = (six(operations), six(operations)),
            b"Td" => self.next_line(first, operations.number(1)),
            b"TD" => {
                self.state.leading = -operations.number(1);
                self.next_line(first, operations.number(1));
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tc" => self.state.character_spacing = first,
            b"Tw" => self.state.word_spacing = first,
            b"Tz" => self.state.scaling = first / 100.0,
            b"TL" => self.state.leading = first,
            b"Ts" => self.state.rise = first,
            b"Tr" => self.state.mode = first,
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translation(x, y).then(&self.line);
        self.text = self.line;
    }
}

/// The operands of `cm` and `Tm`.
fn six(operations: &Operations<'_>) -> Matrix {
    Matrix([0, 1, 2, 3, 4, 5].map(|index| operations.number(index)))
}
