namespace RadiogenomicsCloud.Fitting;

/// <summary>
/// What the codes of a categorical column mean. Its values in <see cref="Predictors"/> are places in <see cref="Levels"/>, missing is NaN.
/// Such a column is no number yet: an encoding fitted on training rows makes numbers of it (see <c>encode</c>).
/// </summary>
/// <param name="Ordered">Ordinal (the levels ascend) rather than nominal.</param>
public sealed record Categories(bool Ordered, IReadOnlyList<string> Levels);
