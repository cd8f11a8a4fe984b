namespace Clew.Storage.Segments.Store;

/// <summary>The side of the store that appends, as maintenance sees it.</summary>
internal interface IHeadSource
{
    /// <summary>Whether somebody waits for the log to be replayed: what only makes later work cheaper can wait.</summary>
    bool IsReplaying { get; }

    /// <summary>The position from which the log has to be replayed once this head is in a segment.</summary>
    long ReplayFrom(LiveHead sealedHead);

    /// <summary>A head is in a segment: the log before the position is not needed any more.</summary>
    /// <exception cref="Files.StoreIoException">Log files could not be deleted; the next call tries again.</exception>
    void Sealed(long replayFrom);

    /// <summary>Begins another head, unless there is nothing in the current one.</summary>
    /// <param name="onlyWhenOld">Only when it has reached <see cref="SegmentStoreOptions.HeadAgeMax"/>.</param>
    void FinishHead(bool onlyWhenOld);
}
