namespace RadiogenomicsCloud.Pipeline.Hosting;

/// <summary>
/// Where a workflow and its children are: what running children have done in the stage that their parent is in is added to the parent's,
/// and a stage never goes back. Not safe for several threads.
/// </summary>
internal sealed class ProgressTree
{
    private readonly Action<Progress>? show;
    private readonly ProgressTree? parent;
    private readonly HashSet<ProgressTree> running = [];
    private Progress? own;
    private int shown;

    /// <param name="show">Told of every change.</param>
    public ProgressTree(Action<Progress> show) => this.show = show;

    private ProgressTree(ProgressTree parent) => this.parent = parent;

    public ProgressTree StartChild()
    {
        var child = new ProgressTree(this);
        running.Add(child);
        return child;
    }

    /// <summary>What an ended child has done is in what its parent says next.</summary>
    public void EndChild(ProgressTree child) => running.Remove(child);

    public void Report(Progress where)
    {
        if (own?.Stage != where.Stage)
            shown = 0;
        own = where;
        Refresh();
    }

    private void Refresh()
    {
        var done = own!.Done + running.Sum(child => child.own?.Stage == own.Stage ? child.shown : 0);
        shown = Math.Max(shown, Math.Min(done, own.Total));
        Pass(own with { Done = shown });
    }

    private void Pass(Progress where)
    {
        show?.Invoke(where);
        if (parent?.own?.Stage == where.Stage)
            parent.Refresh();
        else
            parent?.Pass(where);
    }
}
